import { type AST, RegExpParser } from '@eslint-community/regexpp';
import { limitsOf, Unsupported, WorkLimit } from './limits.js';

/**
 * A regular expression as a small program: instructions that point at each other by number. All
 * threads of it run side by side, one step a character.
 */
export interface Program {
  readonly instructions: readonly Instruction[];
  readonly start: number;
  /** The distinct sets of characters, each as the string of its members. ASCII is all there is. */
  readonly sets: readonly string[];
  /** Where the body of each look-behind begins; an inner one comes before the outer. */
  readonly behinds: readonly number[];
}

export type Instruction =
  /** Takes one character of a set. */
  | { readonly kind: 'char'; readonly set: number; readonly next: number }
  /** Goes on in several places. */
  | { readonly kind: 'split'; readonly next: readonly number[] }
  /** Goes on if the text so far ends in a match of a look-behind, or if it does not. */
  | {
      readonly kind: 'behind';
      readonly behind: number;
      readonly negate: boolean;
      readonly next: number;
    }
  /** Goes on, and what follows must begin with a match of the body, or must not. */
  | {
      readonly kind: 'ahead';
      readonly body: number;
      readonly negate: boolean;
      readonly next: number;
    }
  /** The end of the expression, or of a look-behind: the text must end here. */
  | { readonly kind: 'accept' }
  /** The end of a look-ahead: it has matched, whatever follows. */
  | { readonly kind: 'matched' };

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('');

/** A RegExp as it is read: what it is made of. */
export interface WrittenRegExp {
  readonly source: string;
  /** In alphabetical order, as `RegExp.prototype.flags` has them. */
  readonly flags: string;
}

/** @throws SyntaxError unless it is one that JavaScript accepts */
export function parsePattern({ source, flags }: WrittenRegExp): AST.Pattern {
  const parser = new RegExpParser({ ecmaVersion: 2025 });
  const mode = { unicode: flags.includes('u'), unicodeSets: flags.includes('v') };
  return parser.parsePattern(source, 0, source.length, mode);
}

/**
 * Compiles an expression. Anchors and `\b` are look-around, too: `$` is "no character follows".
 *
 * @throws Unsupported for what no automaton holds
 */
export function compileProgram(regexp: WrittenRegExp): Program {
  const nodes = new WorkLimit(limitsOf(regexp.source).nodes);
  return new Compiler(regexp.flags.replace(/[dgy]/g, ''), nodes).compile(parsePattern(regexp));
}

/** Builds from the end to the beginning: each part is given what comes after it. */
class Compiler {
  private readonly instructions: Instruction[] = [{ kind: 'accept' }, { kind: 'matched' }];
  private readonly sets = new Map<string, number>();
  private readonly chars = new Map<string, number>();
  private readonly membersOf = new Map<string, string>();
  private readonly behinds = new Map<number, number>();
  private isBehind = false;

  constructor(
    private flags: string,
    private readonly nodes: WorkLimit,
  ) {}

  compile({ alternatives }: AST.Pattern): Program {
    const start = this.alternatives(alternatives, 0);
    const { instructions, sets, behinds } = this;
    return { instructions, start, sets: [...sets.keys()], behinds: [...behinds.keys()] };
  }

  private alternatives(alternatives: readonly AST.Alternative[], next: number): number {
    const starts = alternatives.map(({ elements }) =>
      elements.reduceRight((after, element) => this.element(element, after), next),
    );
    const [only] = starts;
    return starts.length === 1 && only !== undefined
      ? only
      : this.emit({ kind: 'split', next: starts });
  }

  private element(element: AST.Element, next: number): number {
    this.nodes.spend(1);
    switch (element.type) {
      case 'Character':
        // What is longer in hexadecimal is no ASCII, and neither is what this makes of it.
        return this.charOf(`\\u${element.value.toString(16).padStart(4, '0')}`, next);
      case 'CharacterSet':
      case 'CharacterClass':
      case 'ExpressionCharacterClass':
        // The parser takes the strings of `\q{}` apart only inside of other classes.
        if (element.raw.includes('\\q{')) throw new Unsupported('class-strings');
        return this.charOf(element.raw, next);
      case 'Group':
        return this.group(element, next);
      case 'CapturingGroup':
        return this.alternatives(element.alternatives, next);
      case 'Quantifier':
        return this.quantifier(element, next);
      case 'Assertion':
        return this.assertion(element, next);
      case 'Backreference':
        throw new Unsupported('back-reference');
    }
  }

  /** With modifiers, as in `(?i:a)`, other flags hold inside. */
  private group({ modifiers, alternatives }: AST.Group, next: number): number {
    const { flags } = this;
    const { add, remove } = modifiers ?? {};
    if (add?.multiline === true) throw new Unsupported('multiline');
    const removed = flagsOf(remove);
    const kept = Array.from(flags).filter((flag) => !removed.includes(flag));
    this.flags = [...new Set([...kept, ...flagsOf(add)])].join('');
    const start = this.alternatives(alternatives, next);
    this.flags = flags;
    return start;
  }

  private quantifier({ element, min, max }: AST.Quantifier, next: number): number {
    let start = next;
    if (max === Infinity) {
      const starts = [next];
      start = this.emit({ kind: 'split', next: starts });
      starts.push(this.element(element, start));
    } else {
      for (let count = min; count < max; count += 1) {
        start = this.emit({ kind: 'split', next: [this.element(element, start), next] });
      }
    }
    for (let count = 0; count < min; count += 1) start = this.element(element, start);
    return start;
  }

  private assertion(assertion: AST.Assertion, next: number): number {
    switch (assertion.kind) {
      case 'start':
        return this.behind(() => this.charOf('[^]', 0), true, next);
      case 'end':
        return this.ahead(() => this.charOf('[^]', 1), true, next);
      case 'word': {
        const isEnd = this.wordEdge(true, assertion.negate, next);
        return this.emit({
          kind: 'split',
          next: [isEnd, this.wordEdge(false, !assertion.negate, next)],
        });
      }
      case 'lookahead':
        return this.ahead(
          () => this.alternatives(assertion.alternatives, 1),
          assertion.negate,
          next,
        );
      case 'lookbehind':
        return this.behind(
          () => this.alternatives(assertion.alternatives, 0),
          assertion.negate,
          next,
        );
    }
  }

  /** Whether a word character stands before, and whether one follows. */
  private wordEdge(before: boolean, follows: boolean, next: number): number {
    const following = this.ahead(() => this.charOf('\\w', 1), !follows, next);
    return this.behind(() => this.charOf('\\w', 0), !before, following);
  }

  private ahead(body: () => number, negate: boolean, next: number): number {
    // What follows a look-behind is not part of the text that it is asked about.
    if (this.isBehind) throw new Unsupported('look-ahead-in-look-behind');
    return this.emit({ kind: 'ahead', body: body(), negate, next });
  }

  private behind(body: () => number, negate: boolean, next: number): number {
    const { isBehind } = this;
    this.isBehind = true;
    const start = body();
    this.isBehind = isBehind;
    const behind = this.behinds.get(start) ?? this.behinds.size;
    this.behinds.set(start, behind);
    return this.emit({ kind: 'behind', behind, negate, next });
  }

  /** Only the engine itself knows which characters a class has, with all flags and foldings. */
  private charOf(source: string, next: number): number {
    const key = `${this.flags} ${source}`;
    const known = this.membersOf.get(key);
    const members = known ?? (ASCII.match(new RegExp(source, `${this.flags}g`)) ?? []).join('');
    this.membersOf.set(key, members);
    const set = this.sets.get(members) ?? this.sets.size;
    this.sets.set(members, set);
    // Every `^` is one and the same look-behind.
    const step = `${set} ${next}`;
    const char = this.chars.get(step) ?? this.emit({ kind: 'char', set, next });
    this.chars.set(step, char);
    return char;
  }

  private emit(instruction: Instruction): number {
    this.nodes.spend(1);
    return this.instructions.push(instruction) - 1;
  }
}

/** Of modifiers, those that say which characters there are. */
const MODIFIERS = [
  ['ignoreCase', 'i'],
  ['dotAll', 's'],
] as const;

function flagsOf(modifiers: AST.ModifierFlags | null | undefined): readonly string[] {
  return MODIFIERS.flatMap(([name, flag]) => (modifiers?.[name] === true ? [flag] : []));
}
