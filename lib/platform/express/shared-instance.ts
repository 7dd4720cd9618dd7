/** The applications with this module on an instance, by what each of them knows. The same for both builds. */
const SHARING: unique symbol = Symbol.for('nestjs-cors:sharing');

/**
 * Whether an application has an answer of its own to a request, or to a preflight, of which `method` is
 * the one that it asks about.
 */
type Knows<Request> = (request: Request, method: string) => boolean;

/** An instance of Express, as far as applications share it. */
export interface SharedInstance<Request> {
  [SHARING]?: Knows<Request>[];
}

/** Which application on an instance serves a request, seen from one of them. */
type Server = 'this one' | 'an earlier one' | 'a later one';

/**
 * Adds an application to those that use an instance of Express. Their routes are tried in the order in
 * which the applications came; of several that know a path, the first one serves it. Where none does, it
 * is the first one as well.
 */
export function shareInstance<Request>(
  instance: SharedInstance<Request>,
  knows: Knows<Request>,
): (request: Request, method: string) => Server {
  const sharing = (instance[SHARING] ??= []);
  const own = sharing.push(knows) - 1;
  return (request, method) => {
    // Nearly always.
    if (sharing.length === 1) return 'this one';
    const server = Math.max(
      sharing.findIndex((each) => each(request, method)),
      0,
    );
    if (server === own) return 'this one';
    return server < own ? 'an earlier one' : 'a later one';
  };
}
