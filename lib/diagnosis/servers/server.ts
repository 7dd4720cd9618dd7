/** A kind of server, and how changes are written for it: lines of code and comments. */
export interface ServerKind {
  /** What it is called in a sentence. */
  readonly title: string;
  /** Where a setting goes. */
  setting(setting: Setting): readonly string[];
  /** How to answer `OPTIONS` before authentication, routing and redirects. */
  readonly preflight: readonly string[];
  /** How to keep one of two layers from sending CORS headers. */
  readonly oneLayer: readonly string[];
}

/** What to set; what is not named stays as it is. */
export interface Setting {
  readonly origin?: string;
  readonly credentials?: boolean;
  /** All methods to allow, including those already allowed. */
  readonly methods?: readonly string[];
  /** All request headers to allow, including those already allowed. */
  readonly allowedHeaders?: readonly string[];
  /** The response has nothing of CORS: not even `Vary` shows that others would get more. */
  readonly silent?: boolean;
  /**
   * What a preflight requested that got no CORS headers at all: for servers that allow nothing on
   * their own.
   */
  readonly unanswered?: Unanswered;
}

/** What a preflight requests, or what pages usually do where that is not known. */
interface Unanswered {
  readonly methods: readonly string[];
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
