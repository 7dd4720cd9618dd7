/**
 * The path of a request target in the one spelling that the keys of `paths` are compared in, the same
 * on every platform: without query, percent-decoded except for what separates, in lower case, single
 * slashes, none at the end. Routers differ in each of these; another spelling that reaches the same
 * handler must not escape its policy.
 */
export function normalizePath(target: string): string {
  const path = decoded(pathOf(target))
    .toLowerCase()
    .replace(/\/{2,}/g, '/');
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The absolute form is what proxies send. */
function pathOf(target: string): string {
  const end = target.search(/[?#]/);
  const whole = end === -1 ? target : target.slice(0, end);
  const authority = /^[a-z][a-z\d+.-]*:\/\//i.exec(whole)?.[0].length;
  if (authority === undefined) return whole;
  const slash = whole.indexOf('/', authority);
  return slash === -1 ? '/' : whole.slice(slash);
}

function decoded(path: string): string {
  if (!path.includes('%')) return path;
  try {
    // Leaves `%2F` alone, as routers do.
    return decodeURI(path);
  } catch {
    return path;
  }
}
