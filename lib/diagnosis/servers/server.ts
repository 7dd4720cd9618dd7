/** A kind of server: how it gives itself away, and how changes are written for it. */
export interface ServerKind {
  /** What it is called in a sentence. */
  readonly title: string;
  /** The versions that the changes hold for. */
  readonly versions: string;
  /** Where its CORS settings are documented. */
  readonly documentation: string;
  /** It may stand in front of an application that has a CORS layer of its own. */
  readonly isProxy?: true;
  /** What gives it away; any of them is enough. */
  readonly signs?: readonly Sign[];
  /** Lines of code and comments that make the responses say what the setting names. */
  change(setting: Setting): readonly string[];
  /** How to keep one of two layers from sending CORS headers. */
  readonly oneLayer: readonly string[];
}

/** A header, an address or an error page that only one kind of server has. */
export type Sign =
  { readonly header: string; readonly value: RegExp } | { readonly url: RegExp } | ErrorPage;

/** A page of the framework's own. It is known by its length, since bodies are not read. */
export interface ErrorPage {
  readonly status: number;
  readonly type: RegExp;
  page(method: string, path: string): string;
  /** It also has `Vary: Origin`: a CORS layer wrote it. */
  readonly varies?: true;
}

/** All that the responses should say after a change, whatever was missing. */
export interface Setting {
  /** The page's origin first, then the one that the server names; or only `*`. */
  readonly origins: readonly string[];
  readonly credentials: boolean;
  /** The methods that are allowed already, that of the request, and those of most applications. */
  readonly methods: readonly string[];
  /** The same for request headers, in lower case. */
  readonly allowedHeaders: readonly string[];
  /** What the check found wrong. */
  readonly wrong: 'origin' | 'credentials' | 'methods' | 'headers' | 'preflight';
  /** The server lists methods, and not that of the request: a default of all methods is off. */
  readonly listsMethods: boolean;
  /** The same for request headers. */
  readonly listsHeaders: boolean;
  /** The server allows every origin so far, and can no longer. */
  readonly wasOpen: boolean;
  /** Nothing in the response is of a CORS layer. */
  readonly silent: boolean;
  /** Authentication answers the preflight. */
  readonly guarded: boolean;
  /** The path of the URL. */
  readonly path: string;
}

/** What most applications use: for a change that has to name methods and headers. */
export const USUAL_METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** A string in single quotes. Settings have no character that a language would escape. */
export function quoted(text: string): string {
  return `'${text}'`;
}

/** The same in double quotes. */
export function doubleQuoted(text: string): string {
  return `"${text}"`;
}

/** Strings in single quotes, separated by commas. */
export function quotedList(texts: readonly string[]): string {
  return texts.map(quoted).join(', ');
}

/** Strings in double quotes, separated by commas. */
export function doubleQuotedList(texts: readonly string[]): string {
  return texts.map(doubleQuoted).join(', ');
}

/** Whether every origin is and may stay allowed. */
export function isOpen({ origins }: Setting): boolean {
  return origins.includes('*');
}

/** An origin as a regular expression matches it. */
export function escapedOrigin(origin: string): string {
  return origin.replaceAll(/[.+[\]]/g, '\\$&');
}

/** The headers that responses need, by name: for servers that write them one by one. */
export function headersOf(
  setting: Setting,
  origin: string,
): readonly (readonly [string, string])[] {
  const { credentials, methods, allowedHeaders } = setting;
  return [
    ['Access-Control-Allow-Origin', isOpen(setting) ? '*' : origin],
    ...(credentials ? [['Access-Control-Allow-Credentials', 'true'] as const] : []),
    ['Access-Control-Allow-Methods', methods.join(', ')],
    ['Access-Control-Allow-Headers', allowedHeaders.join(', ')],
  ];
}
