/**
 * Takes the source of a RegExp apart as far as the lints need it. It comes from a RegExp object,
 * so it is known to be valid.
 *
 * @returns the alternatives at the top
 * @see https://tc39.es/ecma262/#sec-patterns
 */
export function parseRegExp(regexp: RegExp): readonly (readonly RegExpTerm[])[] {
  return new Parser(regexp.source, regexp.flags.includes('v')).parse();
}

class Parser {
  private index = 0;
  // Sticky RegExps carry their position, so each parser has its own.
  private readonly escape =
    /\\(?:u\{[\da-fA-F]+\}|u[\da-fA-F]{4}|x[\da-fA-F]{2}|c[A-Za-z]|k<[^>]*>|[pP]\{[^}]*\}|[1-9]\d*|[^])/y;
  private readonly groupHead = /\((?:\?(?:<[^=!>][^>]*>|<?[=!]|[a-z]*(?:-[a-z]*)?:))?/y;
  private readonly quantifier = /(?:[*+?]|\{\d+(?:,\d*)?\})\??/y;

  constructor(
    private readonly source: string,
    private readonly nestsClasses: boolean,
  ) {}

  /** Alternatives up to the parenthesis that closes their group, or to the end. */
  parse(): RegExpTerm[][] {
    let terms: RegExpTerm[] = [];
    const alternatives = [terms];
    while (this.index < this.source.length && this.source[this.index] !== ')') {
      if (this.source[this.index] === '|') {
        this.index += 1;
        alternatives.push((terms = []));
      } else {
        terms.push(this.parseTerm());
      }
    }
    return alternatives;
  }

  private parseTerm(): RegExpTerm {
    const start = this.index;
    const { kind, alternatives } = this.parseAtom();
    const source = this.source.slice(start, this.index);
    return { kind, source, alternatives, ...this.parseQuantifier() };
  }

  private parseQuantifier(): Pick<RegExpTerm, 'min' | 'max'> {
    const quantifier = this.take(this.quantifier);
    switch (quantifier[0]) {
      case undefined:
        return { min: 1, max: 1 };
      case '?':
        return { min: 0, max: 1 };
      case '*':
        return { min: 0, max: Infinity };
      case '+':
        return { min: 1, max: Infinity };
      default: {
        // `{2}`, `{2,}` or `{2,5}`
        const [min = '', max = min] = quantifier.replace(/[{}?]/g, '').split(',');
        return { min: Number(min), max: max === '' ? Infinity : Number(max) };
      }
    }
  }

  private parseAtom(): Pick<RegExpTerm, 'kind' | 'alternatives'> {
    switch (this.source[this.index]) {
      case '(':
        return this.parseGroup();
      case '[':
        this.skipClass();
        return { kind: 'char', alternatives: [] };
      case '\\': {
        const escape = this.take(this.escape);
        return { kind: escape === '\\b' || escape === '\\B' ? 'look' : 'char', alternatives: [] };
      }
      case '^':
        this.index += 1;
        return { kind: 'start', alternatives: [] };
      case '$':
        this.index += 1;
        return { kind: 'end', alternatives: [] };
      case '.':
        this.index += 1;
        return { kind: 'any', alternatives: [] };
      default:
        this.index += 1;
        return { kind: 'char', alternatives: [] };
    }
  }

  private parseGroup(): Pick<RegExpTerm, 'kind' | 'alternatives'> {
    const head = this.take(this.groupHead);
    const alternatives = this.parse();
    this.index += 1;
    // With the modifier `m` the anchors inside are none, so nothing in there may count as one.
    const isLook = /[=!]$/.test(head) || /^\(\?[a-z]*m/.test(head);
    return { kind: isLook ? 'look' : 'group', alternatives };
  }

  private skipClass(): void {
    let depth = 0;
    do {
      const char = this.source[this.index];
      if (char === '\\') this.index += 1;
      else if (char === '[' && (depth === 0 || this.nestsClasses)) depth += 1;
      else if (char === ']') depth -= 1;
      this.index += 1;
    } while (depth > 0);
  }

  /** Consumes what the sticky RegExp matches here; nothing, if it does not. */
  private take(regexp: RegExp): string {
    regexp.lastIndex = this.index;
    const [text = ''] = regexp.exec(this.source) ?? [];
    this.index += text.length;
    return text;
  }
}

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
