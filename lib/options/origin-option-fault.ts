/** What is wrong with the value of `origin`, or with a member of it, before its grammar is read. */
export type OriginOptionFault =
  /** The global policy says nothing about `origin`. */
  | 'origin-missing'
  /** Written, but undefined: mostly an environment variable that is not set. */
  | 'origin-undefined'
  /** `true`, with which `enableCors()` reflects every origin. */
  | 'origin-true'
  /** `false`, with which `enableCors()` switches CORS off. */
  | 'origin-false'
  /** Neither a string, nor a RegExp, nor a list of these, nor a function. */
  | 'origin-wrong-type'
  /** A class in a list; it stands alone. */
  | 'origin-class-in-list'
  /** A list without members. */
  | 'origin-empty-list'
  /** `'*'` beside other origins. */
  | 'origin-wildcard-among-others'
  /** A pattern over a public suffix, below which anyone can own a name. */
  | 'origin-public-suffix';
