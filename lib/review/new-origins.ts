import {
  findShortest,
  includes,
  intersect,
  isEmpty,
  subtract,
} from '../options/language/languages.js';
import { Unsupported } from '../options/language/limits.js';
import {
  languageOfExact,
  languageOfPattern,
  OriginLanguages,
} from '../options/language/origin-language.js';
import { accepts, type Automaton } from '../policy/origins/automaton.js';
import type { OriginPattern } from '../policy/origins/parse-origin.js';
import {
  type AllowedOrigins,
  type ListedOrigins,
  writtenOrigins,
} from '../policy-file/allowed-origins.js';

/** Origins that are allowed after a change and were not before. */
export interface NewOrigins {
  /** A member of `origin` as it is written, `any origin`, or a name for who decides. */
  readonly text: string;
  /** What of it was allowed before, as it was written. */
  readonly except: readonly string[];
  /** One exact origin that is new, where it cannot be seen from the text. */
  readonly witness?: string;
  /** Whether it is certain that something is new. */
  readonly isCertain: boolean;
}

/** Finds what is new between lists of origins. */
export class NewOriginsFinder {
  private readonly origins = new OriginLanguages();
  /** Many policies have the same list: a pair of lists is compared once. */
  private readonly known = new Map<AllowedOrigins, Map<AllowedOrigins, NewOrigins[]>>();

  /** Which origins the one allows and the other does not. Empty: none, for certain. */
  find(before: AllowedOrigins, after: AllowedOrigins): readonly NewOrigins[] {
    const results = this.known.get(before) ?? new Map<AllowedOrigins, NewOrigins[]>();
    this.known.set(before, results);
    const found = results.get(after) ?? this.compare(before, after);
    results.set(after, found);
    return found;
  }

  private compare(before: AllowedOrigins, after: AllowedOrigins): NewOrigins[] {
    if (after.kind === 'none' || before.kind === 'any') return [];
    const except = before.kind === 'listed' ? writtenOrigins(before) : [];
    switch (after.kind) {
      case 'any':
        return [{ text: ANY_ORIGIN, except, isCertain: true }];
      case 'decided': {
        const isSame = before.kind === 'decided' && before.by === after.by;
        return isSame ? [] : [{ text: after.by, except, isCertain: false }];
      }
      case 'listed':
        return before.kind === 'decided'
          ? writtenOrigins(after).map((text) => ({ text, except: [], isCertain: false }))
          : this.newInList(before.kind === 'listed' ? before : undefined, after);
    }
  }

  private newInList(before: ListedOrigins | undefined, after: ListedOrigins): NewOrigins[] {
    const known = new KnownOrigins(before, this.origins);
    return [
      ...after.expressions.flatMap(({ source, flags, text, language }) =>
        before?.expressions.some((one) => one.source === source && one.flags === flags) === true
          ? []
          : known.newIn(text, language),
      ),
      ...after.patterns.flatMap((pattern) => known.newInPattern(pattern)),
      ...Array.from(after.exact)
        .filter((origin) => before?.matches(origin) !== true)
        .map((text) => ({ text, except: [], isCertain: true })),
    ];
  }
}

export const ANY_ORIGIN = 'any origin';

/** Origins that were allowed before, asked about what is allowed now. */
class KnownOrigins {
  private readonly languages = new Map<OriginPattern, Automaton>();

  constructor(
    private readonly before: ListedOrigins | undefined,
    private readonly origins: OriginLanguages,
  ) {}

  newInPattern(pattern: OriginPattern): NewOrigins[] {
    const { patterns = [], expressions = [] } = this.before ?? {};
    if (patterns.some((known) => covers(known, pattern))) return [];
    if (expressions.length === 0 && !patterns.some((known) => mayOverlap(known, pattern))) {
      const language = languageOfPattern(pattern);
      return [{ text: pattern.text, except: this.exactIn(language), isCertain: true }];
    }
    return this.newIn(pattern.text, languageOfPattern(pattern), pattern);
  }

  newIn(text: string, language: Automaton, pattern?: OriginPattern): NewOrigins[] {
    try {
      const unknown = this.leftOf(language, pattern);
      const left = isEmpty(unknown) ? unknown : intersect(unknown, this.origins.reachable);
      if (isEmpty(left)) return [];
      const witness = findShortest(left);
      return [
        { text, except: this.within(language), isCertain: true, ...(witness && { witness }) },
      ];
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      return [{ text, except: [], isCertain: false }];
    }
  }

  /** A language without what was allowed before. */
  private leftOf(language: Automaton, pattern: OriginPattern | undefined): Automaton {
    const { patterns = [], expressions = [] } = this.before ?? {};
    let left = language;
    for (const known of expressions) left = subtract(left, known.language);
    for (const known of patterns) {
      if (pattern !== undefined && !mayOverlap(known, pattern)) continue;
      left = subtract(left, this.languageOf(known));
    }
    const exact = this.exactIn(left);
    return exact.length === 0 ? left : subtract(left, languageOfExact(exact));
  }

  private exactIn(language: Automaton): string[] {
    return [...(this.before?.exact ?? [])].filter((origin) => accepts(language, origin));
  }

  /** The members of before that are part of a language, as they are written. */
  private within(language: Automaton): string[] {
    const { patterns = [], expressions = [] } = this.before ?? {};
    return [
      ...expressions.filter((known) => includes(language, known.language)).map(({ text }) => text),
      ...patterns
        .filter((known) => includes(language, this.languageOf(known)))
        .map(({ text }) => text),
      ...this.exactIn(language),
    ];
  }

  private languageOf(pattern: OriginPattern): Automaton {
    const known = this.languages.get(pattern) ?? languageOfPattern(pattern);
    this.languages.set(pattern, known);
    return known;
  }
}

/** Whether all that the one pattern stands for is covered by the other alone, as it can be seen. */
function covers(known: OriginPattern, pattern: OriginPattern): boolean {
  const isPortCovered = known.port === '*' || known.port === pattern.port;
  return known.scheme === pattern.scheme && isPortCovered && coversHost(known, pattern);
}

function coversHost(known: OriginPattern, pattern: OriginPattern): boolean {
  if (!known.subdomains) return !pattern.subdomains && known.host === pattern.host;
  return (
    pattern.host.endsWith(`.${known.host}`) || (pattern.subdomains && pattern.host === known.host)
  );
}

/** Whether two patterns may have an origin in common; where not, nothing needs to be built. */
function mayOverlap(known: OriginPattern, pattern: OriginPattern): boolean {
  if (known.scheme !== pattern.scheme) return false;
  const isPort = known.port === '*' || pattern.port === '*' || known.port === pattern.port;
  const [one, other] = [endOf(known), endOf(pattern)];
  return isPort && (one.endsWith(other) || other.endsWith(one));
}

/** What all hosts of a pattern end in. */
function endOf({ host, subdomains }: OriginPattern): string {
  return subdomains ? `.${host}` : host.slice(host.indexOf('*') + 1);
}
