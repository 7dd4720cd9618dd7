import type { OptionIssue } from '../refusal/cors-config-error.js';
import type { DangerContext } from './danger-rules.js';
import type { OriginTools } from './origin-tools.js';
import { findPatternDangers, kindsOf } from './pattern-dangers.js';
import type { ReadOrigins } from './read-origins.js';

/**
 * Asks which members of `origin` are dangerous with credentials: each value once, however many
 * policies share it. Only RegExps are asked by their automata.
 */
export class OriginDangers {
  private readonly known = new Map<ReadOrigins, readonly OptionIssue[]>();
  private readonly context: DangerContext;

  constructor(
    switches: Omit<DangerContext, 'kindOf'>,
    private readonly tools: OriginTools,
  ) {
    this.context = { ...switches, kindOf: kindsOf(tools) };
  }

  of(origins: ReadOrigins): readonly OptionIssue[] {
    const dangers = this.known.get(origins) ?? this.find(origins);
    this.known.set(origins, dangers);
    return dangers;
  }

  private find({ origins, regexps, languages }: ReadOrigins): readonly OptionIssue[] {
    const ofStrings = origins.flatMap(({ option, value }) =>
      findPatternDangers(value, this.context).map((rule) => ({
        option,
        value: value.text,
        ...rule,
      })),
    );
    const ofRegExps = this.tools.regexps?.findDangers(regexps, languages, this.context) ?? [];
    return [...ofStrings, ...ofRegExps];
  }
}
