/** What is wrong with a RegExp as an origin. */
export type RegExpFault =
  /** The flag `g` or `y`: it remembers where it stopped, and alternates between yes and no. */
  | 'origin-regexp-stateful'
  /** The flag `m`: `^` and `$` match at line ends, hence are no anchors. */
  | 'origin-regexp-multiline'
  /** Some alternative does not begin with `^` or does not end with `$`. */
  | 'origin-regexp-unanchored'
  /** It matches `null`, which any page becomes inside a sandboxed frame. */
  | 'origin-regexp-matches-null'
  /** A dot that stands for any one character, where nearly always a literal dot is meant. */
  | 'origin-regexp-unescaped-dot'
  /** A repetition of a repetition that can split the same text in many ways. */
  | 'origin-regexp-catastrophic';
