/** The path of a route with values in the place of its parameters. */
export interface FilledPath {
  /** As it is requested. */
  readonly target: string;
  /** As it may be printed: what the user gave stays a parameter. */
  readonly shown: string;
}

/** What a parameter may want: a number, a name, a UUID, several parts. */
const VALUES = ['1', 'a', '2024', '00000000-0000-4000-8000-000000000000', 'a-1', '2024-01-01'];

/**
 * Ways to fill in a path, as Express or Fastify has it, the likeliest first: parameters, wildcards,
 * groups that may be missing.
 *
 * @param params values by name, as the user gave them
 */
export function fillPath(path: string, params: ReadonlyMap<string, string>): FilledPath[] {
  const spellings = [path.replaceAll(/[{}]/g, ''), path.replaceAll(/\{[^{}]*\}/g, '')];
  return [...new Set(spellings)].flatMap((spelling) =>
    VALUES.map((value) => ({
      target: asRequested(fill(spelling, (name) => encodeURIComponent(params.get(name) ?? value))),
      shown: fill(spelling, (name) => (params.has(name) ? `:${name}` : value)),
    })),
  );
}

/** A parameter, with its RegExp on Fastify; a wildcard, with its name on Express. */
const PLACEHOLDER =
  /:(?:"([^"]+)"|(\w+))(?:\((?:[^()]|\([^()]*\))*\))?\??|\*(?:"([^"]+)"|(\w*))|\\(.)/g;

function fill(path: string, valueOf: (name: string) => string): string {
  const filled = path.replaceAll(
    PLACEHOLDER,
    (_, quoted?: string, name?: string, quotedRest?: string, rest?: string, escaped?: string) =>
      escaped ?? valueOf(quoted ?? name ?? quotedRest ?? (rest || '*')),
  );
  return filled.startsWith('/') ? filled : `/${filled}`;
}

/** As a client writes it: who requests `/né` asks for `/n%C3%A9`. */
function asRequested(path: string): string {
  const url = `http://localhost${path.replaceAll(/[?#]/g, encodeURIComponent)}`;
  return URL.canParse(url) ? new URL(url).pathname : path;
}
