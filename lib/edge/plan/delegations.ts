import type {
  CorsPolicyFile,
  PolicyFileRoute,
  PolicyReference,
} from '../../policy-file/policy-file.js';
import { printable } from '../../text/escape.js';

/** Something that is left to the application. */
export interface Delegation {
  /** `GET /orders/:id (OrdersController.one)`, `the path /files/*`. */
  readonly place: string;
  /** In a sentence, with where it is written. */
  readonly reason: string;
}

/** Why something is left to the application. */
export type DelegationCause =
  | { readonly kind: 'decided'; readonly by: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'host' }
  | { readonly kind: 'passed through' }
  | { readonly kind: 'rules'; readonly most: number }
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string }
  | { readonly kind: 'path' }
  | { readonly kind: 'no sample' };

/** What is left to the application, by route and place, each once. */
export class Delegations {
  private readonly byPlace = new Map<string, Delegation>();

  constructor(
    private readonly file: CorsPolicyFile,
    private readonly target: string,
  ) {}

  /**
   * @param routes those that serve there; none: no controller does
   * @param others those that serve other methods there
   */
  add(
    cause: DelegationCause,
    routes: readonly PolicyFileRoute[],
    path: string,
    others: readonly PolicyFileRoute[] = [],
  ): void {
    const [other] = others;
    if (routes.length === 0) {
      const { place: key, reference } = this.elsewhere(path);
      const place = other === undefined ? key : `other methods of ${other.path}`;
      return this.put(place, this.sentence(cause, reference, undefined));
    }
    for (const route of routes) {
      const { method, path: routePath, handler } = route;
      const place = `${method} ${routePath}${handler === null ? '' : ` (${handler})`}`;
      this.put(place, this.sentence(cause, route.policy, route));
    }
  }

  /** @param paths those that nobody but the application can read */
  addPaths(paths: string): void {
    this.put(paths, 'keys of `paths` are compared with all of such a path.');
  }

  get all(): readonly Delegation[] {
    return [...this.byPlace.values()].toSorted((a, b) => (a.place < b.place ? -1 : 1));
  }

  private put(place: string, reason: string): void {
    if (this.byPlace.has(place)) return;
    this.byPlace.set(place, { place: printable(place), reason: printable(reason) });
  }

  /** The most specific key that covers a path. */
  private elsewhere(path: string): { place: string; reference: PolicyReference } {
    const lower = `${path.toLowerCase().replace(/\/$/, '')}/`;
    const covering = Object.keys(this.file.paths).filter((key) =>
      key.endsWith('/*') ? lower.startsWith(key.slice(0, -1)) : lower === `${key}/`,
    );
    const [key] = covering.toSorted((a, b) => b.length - a.length);
    const reference = key === undefined ? undefined : this.file.paths[key];
    return reference === undefined
      ? { place: 'what no controller serves', reference: this.file.global }
      : { place: `the path ${key}`, reference };
  }

  private sentence(
    cause: DelegationCause,
    reference: PolicyReference,
    route: PolicyFileRoute | undefined,
  ): string {
    const origin =
      typeof reference === 'string' ? this.file.policies[reference]?.origin : undefined;
    const place = origin === undefined ? '' : `, written in ${origin.declaredAt}`;
    switch (cause.kind) {
      case 'decided':
        return `${cause.by} decides at run time${place}.`;
      case 'version':
        return `a version${route?.version === undefined ? '' : ` (${route.version.join(', ')})`} decides that a preflight does not name.`;
      case 'host':
        return route?.host === undefined && route?.constraints?.['host'] === undefined
          ? 'a route of the same path is bound to hosts; `--host` says which host is served.'
          : 'it is bound to hosts; `--host` says which host is served.';
      case 'passed through':
        return route === undefined
          ? '`false` leaves CORS to what is served there.'
          : '`passThrough` leaves CORS to the handler.';
      case 'rules':
        return `more than ${cause.most} lists of origins decide together${place}.`;
      case 'expression':
        return `the regular expressions of ${this.target} cannot say ${cause.text}${place}.`;
      case 'time':
        return `${this.target} could take minutes over ${cause.text}, which matches one text in many ways${place}.`;
      case 'path':
        return `the regular expressions of ${this.target} cannot say which paths it serves.`;
      case 'no sample':
        return 'no path is known that it alone would serve.';
    }
  }
}
