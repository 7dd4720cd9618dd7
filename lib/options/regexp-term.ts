/** A part of a RegExp with its quantifier. */
export interface RegExpTerm {
  /**
   * `start` and `end` are the anchors; `any` is the dot; `group` holds alternatives; `look` is what
   * matches without consuming: lookaround, `\b`, `\B`; `char` is all else: one character, a class,
   * a back-reference.
   */
  readonly kind: 'start' | 'end' | 'any' | 'group' | 'look' | 'char';
  /** The source without the quantifier. */
  readonly source: string;
  /** Of a group or a lookaround. */
  readonly alternatives: readonly (readonly RegExpTerm[])[];
  readonly min: number;
  readonly max: number;
}
