import type { AST } from '@eslint-community/regexpp';
import { parsePattern, type WrittenRegExp } from '../options/language/program.js';
import { characterClass, type Expression, expression } from './expression.js';

/**
 * A RegExp in what all dialects have in common, from its parsed form; undefined where there is no way to
 * say it. Texts are in ASCII, so that a class is the list of its members there.
 */
export function printRegExp(written: WrittenRegExp): Expression | undefined {
  try {
    const printer = new Printer(written.flags.replace(/[dgy]/g, ''));
    const source = printer.alternatives(parsePattern(written).alternatives);
    return expression(source, { looksAround: printer.isBeyondRe2 });
  } catch (error) {
    if (error instanceof Unsayable || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class Unsayable extends Error {}

const ASCII = Array.from({ length: 128 }, (_, code) => code);
/** RE2 repeats nothing more often, all repetitions around it counted; PCRE each of them 65,535 times. */
const MOST_REPEATS = 1000;

class Printer {
  isBeyondRe2 = false;
  /** How often what is being printed is repeated, by all around it. */
  private times = 1;

  constructor(private flags: string) {}

  alternatives(alternatives: readonly AST.Alternative[]): string {
    return alternatives
      .map(({ elements }) => elements.map((element) => this.element(element)).join(''))
      .join('|');
  }

  private element(element: AST.Element): string {
    switch (element.type) {
      case 'Character':
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        return this.characters(element.raw);
      case 'CapturingGroup':
        return `(?:${this.alternatives(element.alternatives)})`;
      case 'Group':
        return this.group(element);
      case 'Quantifier':
        return this.quantifier(element);
      case 'Assertion':
        return this.assertion(element);
      case 'Backreference':
        throw new Unsayable();
    }
  }

  /** Only the engine itself knows which characters a class has, with all flags and foldings. */
  private characters(raw: string): string {
    const regexp = new RegExp(`^${raw}$`, this.flags);
    const codes = ASCII.filter((code) => regexp.test(String.fromCharCode(code)));
    if (codes.length === 0) throw new Unsayable();
    return characterClass(codes);
  }

  private group({ modifiers, alternatives }: AST.Group): string {
    const { flags } = this;
    const { add, remove } = modifiers ?? {};
    const changed = Array.from(flags).filter(
      (flag) =>
        !(flag === 'i' && remove?.ignoreCase === true) &&
        !(flag === 's' && remove?.dotAll === true),
    );
    if (add?.ignoreCase === true) changed.push('i');
    if (add?.dotAll === true) changed.push('s');
    this.flags = [...new Set(changed)].join('');
    const inside = this.alternatives(alternatives);
    this.flags = flags;
    return `(?:${inside})`;
  }

  /** Lazy or not, the whole text is matched or it is not. */
  private quantifier({ element, min, max }: AST.Quantifier): string {
    const outer = this.times;
    this.times *= Math.max(max === Infinity ? min : max, 1);
    if (this.times > MOST_REPEATS) this.isBeyondRe2 = true;
    const repeated = this.element(element);
    this.times = outer;
    if (min > MOST_REPEATS || (max !== Infinity && max > MOST_REPEATS)) throw new Unsayable();
    // An assertion is repeated by nobody but JavaScript.
    if (element.type === 'Assertion') return min === 0 ? '' : repeated;
    const count =
      max === Infinity
        ? (['*', '+'][min] ?? `{${min},}`)
        : min === max
          ? `{${min}}`
          : min === 0 && max === 1
            ? '?'
            : `{${min},${max}}`;
    return `${repeated}${count}`;
  }

  private assertion(assertion: AST.Assertion): string {
    switch (assertion.kind) {
      case 'start':
        return '^';
      case 'end':
        return '$';
      case 'word':
        return assertion.negate ? '\\B' : '\\b';
      case 'lookahead':
      case 'lookbehind': {
        this.isBeyondRe2 = true;
        const direction = assertion.kind === 'lookahead' ? '?' : '?<';
        const sign = assertion.negate ? '!' : '=';
        return `(${direction}${sign}${this.alternatives(assertion.alternatives)})`;
      }
    }
  }
}
