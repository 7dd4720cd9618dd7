/**
 * The path of a request target as Express's router reads it; `undefined`: it reads none, and serves
 * nothing. What has only a path and a query is cut here; everything else (a fragment, white space, an
 * absolute-form target, `*`) is left to the parser that the router uses, `parse` of `node:url`.
 *
 * @see https://github.com/pillarjs/parseurl/blob/master/index.js
 */
export function requestPath(
  target: string,
  parseUrl: (url: string) => { readonly pathname: string | null },
): string | undefined {
  if (target.charCodeAt(0) !== SLASH) return parsedPath(target, parseUrl);
  let end = target.length;
  for (let i = 1; i < target.length; i++) {
    switch (target.charCodeAt(i)) {
      case QUESTION_MARK:
        if (end === target.length) end = i;
        break;
      // Wherever they are, also behind the question mark: so does `parseurl`.
      case 0x09:
      case 0x0a:
      case 0x0c:
      case 0x0d:
      case 0x20:
      case 0x23:
      case 0xa0:
      case 0xfeff:
        return parsedPath(target, parseUrl);
    }
  }
  return end === target.length ? target : target.slice(0, end);
}

function parsedPath(
  target: string,
  parseUrl: (url: string) => { readonly pathname: string | null },
): string | undefined {
  try {
    return parseUrl(target).pathname ?? undefined;
  } catch {
    // A host that is none, for example. The router catches it too, and answers 404.
    return undefined;
  }
}

const SLASH = 0x2f;
const QUESTION_MARK = 0x3f;
