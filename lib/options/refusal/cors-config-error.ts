import { documentationOf } from '../../text/documentation.js';
import type { CorsConfigReason } from './cors-config-reason.js';
import { optionPath, printType, printValue, storeValue } from './print-value.js';

/**
 * Thrown at boot when a configuration is refused. It has every issue, never just the first. Its message
 * lists them all, but of each reason at most 20: a list of origins may have 100,000 wrong members. It
 * ends with the address where each reason is documented.
 */
export class CorsConfigError extends Error {
  /** For logs and `catch` blocks of other builds of this package, where `instanceof` fails. */
  override readonly name = 'CorsConfigError';
  /** Every issue, frozen, in the order of the message. */
  declare readonly issues: readonly CorsConfigIssue[];

  /** @param issues at least one */
  constructor(issues: readonly CorsConfigIssue[]) {
    super(print(issues));
    // Not enumerable: Node prints such properties of an uncaught error, and the message has them all.
    Object.defineProperty(this, 'issues', {
      value: Object.freeze(issues.map((issue) => Object.freeze({ ...issue }))),
    });
    // The message says where each mistake is written; frames lead only into Nest and this package.
    this.stack = `${this.name}: ${this.message}`;
  }

  /** For tools that read logs. */
  toJSON(): Pick<CorsConfigError, 'name' | 'issues'> {
    return { name: this.name, issues: this.issues };
  }

  /** For `console.log`: no brackets around the text, which Node puts around errors without frames. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `${this.name}: ${this.message}`;
  }
}

/** So many issues of one reason show what is wrong. */
const MOST_PRINTED = 20;

function print(issues: readonly CorsConfigIssue[]): string {
  const count = issues.length === 1 ? '1 issue' : `${issues.length} issues`;
  const entries: string[] = [];
  const counts = new Map<CorsConfigReason, number>();
  for (const [index, { path, reason, message }] of issues.entries()) {
    const ofReason = (counts.get(reason) ?? 0) + 1;
    counts.set(reason, ofReason);
    if (ofReason > MOST_PRINTED) continue;
    const number = `${index + 1}.`.padStart(`${issues.length}.`.length);
    entries.push(`  ${number} ${path}\n  ${' '.repeat(number.length)} ${message}`);
  }
  const more = Array.from(counts)
    .filter(([, ofReason]) => ofReason > MOST_PRINTED)
    .map(([reason, ofReason]) => `  … and ${ofReason - MOST_PRINTED} more of \`${reason}\``);
  if (more.length > 0) more.push('  Every issue is in the `issues` of this error.');
  const addresses = Array.from(counts.keys(), (reason) =>
    documentationOf('refused-at-boot', reason),
  );
  return [
    `The CORS configuration is refused: ${count}.`,
    ...entries,
    ...more,
    `More: ${addresses.join('\n      ')}`,
  ].join('\n\n');
}

/** One thing that is wrong with a configuration. */
export interface CorsConfigIssue {
  /** The option and where it is: `forRoot().origin[2]`, `@Cors() on OrdersController.update: maxAge`. */
  readonly path: string;
  /**
   * The value there, with passwords in origins blanked out, and objects and functions in a few words,
   * so that nothing private gets into a log. For an unknown option, its name.
   */
  readonly value: unknown;
  /** The rule that is broken. */
  readonly reason: CorsConfigReason;
  /** The value, the rule and the remedy, in a sentence or two. */
  readonly message: string;
}

/** Collects issues and warnings. One that is found again through another policy is kept once. */
export class IssueList {
  private readonly byMessage = new Map<string, CorsConfigIssue>();
  private readonly warned = new Set<string>();

  get all(): readonly CorsConfigIssue[] {
    return [...this.byMessage.values()];
  }

  /** For the log: what has no effect does not keep an application from starting. */
  get warnings(): readonly string[] {
    return [...this.warned];
  }

  /** @param sentences what has no effect, and why */
  warn(path: string, sentences: string): void {
    this.warned.add(`${path}: ${sentences}`);
  }

  add(issues: readonly CorsConfigIssue[]): void {
    for (const issue of issues) {
      const key = `${issue.reason}\n${issue.path}\n${issue.message}`;
      if (!this.byMessage.has(key)) this.byMessage.set(key, issue);
    }
  }
}

/** A rule of the configuration, and how to keep it. */
export interface BrokenRule {
  readonly reason: CorsConfigReason;
  /** Continues "Expected `option` …": the rule. */
  readonly rule: string;
  /** Sentences that say what to write instead, and why where that is not obvious. */
  readonly remedy: string;
}

/** A rule that an option breaks, or a member of its value, wherever it is declared. */
export interface OptionIssue extends BrokenRule {
  /** `origin`, or `origin[2]`. */
  readonly option: string;
  readonly value: unknown;
}

/** The issues of the options declared at one place. */
export function issuesAt(declaredAt: string, issues: readonly OptionIssue[]): CorsConfigIssue[] {
  return issues.map(({ option, value, ...rule }) =>
    issueOf(optionPath(declaredAt, option), option, value, rule),
  );
}

/**
 * Builds the issue for a value that breaks a rule by itself.
 *
 * @param name what the sentence calls it: the option, without the place that `path` names
 */
export function issueOf(
  path: string,
  name: string,
  value: unknown,
  { reason, rule, remedy }: BrokenRule,
): CorsConfigIssue {
  const type = printType(value);
  const printed = printValue(value);
  const got = printed === type ? `\`${printed}\`` : `\`${printed}\` (${type})`;
  const message = `Expected \`${name}\` ${rule}, got ${got}. ${remedy}`;
  return { path, value: storeValue(value), reason, message };
}
