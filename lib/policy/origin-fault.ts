/** Why a string is neither an exact origin nor a pattern. */
export type OriginFault =
  /** The empty string, as from an environment variable that is set to nothing. */
  | 'origin-empty'
  /** `null`, which any page becomes inside a sandboxed frame. */
  | 'origin-null'
  /** Several origins in one string, separated by commas. */
  | 'origin-comma-joined'
  /** Spaces, tabs, line ends or other control characters. */
  | 'origin-whitespace'
  /** A list as JSON, or an origin in quotes. */
  | 'origin-json-string'
  /** A RegExp in quotes. */
  | 'origin-regexp-string'
  /** Longer than any origin is read: 512 bytes. */
  | 'origin-too-long'
  /** A host without a scheme. */
  | 'origin-without-scheme'
  /** What stands before `://` is no scheme. */
  | 'origin-invalid-scheme'
  /** No page has an origin of this scheme: `file` and its kin are `null`, `ws` is no page. */
  | 'origin-unusable-scheme'
  /** A scheme or host in upper case, which browsers send in lower case. */
  | 'origin-upper-case'
  /** A user name or password before the host. */
  | 'origin-user-info'
  /** A slash at the end and nothing after it. */
  | 'origin-trailing-slash'
  /** A path. */
  | 'origin-path'
  /** A query. */
  | 'origin-query'
  /** A fragment. */
  | 'origin-fragment'
  /** A host with characters outside ASCII, which browsers send in punycode. */
  | 'origin-non-ascii-host'
  /** An impossible host: empty or overlong labels, other characters, punycode that Node refuses. */
  | 'origin-invalid-host'
  /** An IP address in another form than the one browsers send. */
  | 'origin-invalid-ip'
  /** A port that is no integer from 1 to 65535 without leading zeros. */
  | 'origin-invalid-port'
  /** The scheme's default port, which browsers leave out. */
  | 'origin-default-port'
  /** A wildcard elsewhere than as the whole leftmost label or the whole port. */
  | 'origin-wildcard-position'
  /** A wildcard label before an IP address. */
  | 'origin-wildcard-ip'
  /** A pattern of another scheme than http and https. */
  | 'origin-wildcard-scheme';
