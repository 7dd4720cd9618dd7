/** A kind of server, and how changes are written for it: lines of code and comments. */
export interface ServerKind {
  /** What it is called in a sentence. */
  readonly title: string;
  /** Where a setting goes. */
  setting(setting: Setting): readonly string[];
  /** How `OPTIONS` gets answered before authentication, routing and redirects. */
  readonly preflight: readonly string[];
  /** How one of two layers is told to be silent. */
  readonly oneLayer: readonly string[];
}

/** What a server must be told: what is not said stays as it is. */
export interface Setting {
  readonly origin?: string;
  readonly credentials?: boolean;
  /** All methods to allow, also those that are allowed already. */
  readonly methods?: readonly string[];
  /** All request headers to allow, also those that are allowed already. */
  readonly allowedHeaders?: readonly string[];
  /** The answer does not speak of CORS at all: not even `Vary` says that others would get more. */
  readonly silent?: boolean;
  /**
   * What a CORS-preflight request asked that got no CORS headers at all: of use where a server
   * allows nothing by itself.
   */
  readonly unanswered?: Unanswered;
}

/** The question of a CORS-preflight request. */
interface Unanswered {
  readonly method: string;
  readonly headers: readonly string[];
}

/** A string as JavaScript, Python and nginx all write it. */
export function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** A list of strings as JavaScript and Python both write it. */
export function quotedList(texts: readonly string[]): string {
  return `[${texts.map(quoted).join(', ')}]`;
}
