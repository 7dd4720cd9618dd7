import { APPLICATION_OPTIONS } from '../application-option-table.js';
import type { OptionValue, PolicyOption } from '../cors-policy-options.js';
import { type DeclaredOption, type DeclaredOptions, declareOptions } from '../declared-options.js';
import type { OriginReader } from '../origin/read-origins.js';
import {
  POLICY_OPTION_TABLE,
  POLICY_OPTIONS,
  type PolicyOptionRow,
} from '../policy-option-table.js';
import {
  type BrokenRule,
  type IssueList,
  issueOf,
  issuesAt,
} from '../refusal/cors-config-error.js';
import { printNames } from '../refusal/own-values.js';
import { optionPath, printValue } from '../refusal/print-value.js';
import { unknownOption } from '../refusal/suggestions.js';
import { ownOption } from './checks.js';
import { judgeForeignOption } from './foreign-options.js';
import type { Written } from './snapshot.js';

/** A place where options are declared. */
interface Declaration {
  /** `forRoot()`, `forRoot().policies.public`, `@Cors() on OrdersController.update`. */
  readonly declaredAt: string;
  /** Which decides on the options that it takes besides those of a policy. */
  readonly kind: 'root' | 'policy' | 'override' | 'candidate' | 'update';
  /** See `DeclaredOption`. */
  readonly precedence: number;
}

/** Reads the options of a policy declared at one place, each checked by itself. */
export class OptionsReader {
  /** Whether `forRoot()` has credentials: then no remedy may offer `'*'`. */
  private hasGlobalCredentials = false;

  constructor(
    private readonly origins: OriginReader,
    private readonly issues: IssueList,
  ) {}

  read(declaration: Declaration, written: Written): DeclaredOptions {
    this.checkNames(declaration, written);
    const own = ownOption(written, 'credentials');
    if (declaration.kind === 'root') this.hasGlobalCredentials = own === true;
    const hasCredentials = own === undefined ? this.hasGlobalCredentials : own === true;
    return declareOptions((option) =>
      this.readOption(option, declaration, written, hasCredentials),
    );
  }

  private readOption<K extends PolicyOption>(
    option: K,
    { declaredAt, precedence }: Declaration,
    written: Written,
    hasCredentials: boolean,
  ): DeclaredOption<OptionValue<K>> | undefined {
    // Nothing on `Object.prototype` may open a server.
    if (!Object.hasOwn(written, option)) return undefined;
    // Once, since a getter may answer differently the next time.
    const raw = written[option];
    // Not set, except as `origin`, where it is a forgotten environment variable.
    if (raw === undefined && option !== 'origin') return undefined;
    const row: PolicyOptionRow<K> = POLICY_OPTION_TABLE[option];
    const isValid = (value: unknown): value is OptionValue<K> => {
      const found = row.check(value, option, { origins: this.origins, hasCredentials });
      this.issues.add(issuesAt(declaredAt, found));
      return found.length === 0;
    };
    if (!isValid(raw)) return { value: undefined, raw, declaredAt, precedence };
    const idle = row.findIdle?.(raw);
    if (idle !== undefined) {
      this.issues.warn(optionPath(declaredAt, option), changesNothing(idle.values, idle.why));
    }
    return { value: raw, raw, declaredAt, precedence };
  }

  private checkNames({ declaredAt, kind }: Declaration, written: Written): void {
    const known: readonly string[] = [...POLICY_OPTIONS, ...EXTRA_OPTIONS[kind]];
    for (const name of Object.keys(written)) {
      if (known.includes(name)) continue;
      const path = optionPath(declaredAt, name);
      const value = ownOption(written, name);
      const misplaced = findMisplaced(name);
      const found =
        misplaced === undefined
          ? judgeForeignOption(name, value, known)
          : ({ broken: misplaced } as const);
      if (found === undefined) this.issues.add([unknownOption(path, name, known)]);
      if (found === undefined || value === undefined) continue;
      if ('broken' in found) this.issues.add([issueOf(path, name, value, found.broken)]);
      else this.issues.warn(path, changesNothing([value], found.changesNothing));
    }
  }
}

const EXTRA_OPTIONS: Readonly<Record<Declaration['kind'], readonly string[]>> = {
  root: APPLICATION_OPTIONS,
  policy: ['reportOnly'],
  override: ['policy', 'passThrough', 'reportOnly'],
  candidate: [],
  update: [],
};

function findMisplaced(name: string): BrokenRule | undefined {
  const reason = 'misplaced-option';
  if (name === 'policy') {
    const remedy =
      'Policies do not build on each other; share options through a constant in your code.';
    return { reason, rule: 'to be within `@Cors()` only', remedy };
  }
  if (name === 'passThrough') {
    const remedy = 'It stands where CORS is left to a handler: `@Cors({ passThrough: true })`.';
    return { reason, rule: 'to be within `@Cors()` only', remedy };
  }
  if (name === 'reportOnly') {
    const remedy = 'A candidate has none of its own, and no update brings one.';
    return { reason, rule: 'to be in `forRoot()`, a named policy or `@Cors()` only', remedy };
  }
  const names: readonly string[] = APPLICATION_OPTIONS;
  if (!names.includes(name)) return undefined;
  const remedy = 'It applies to the whole application. Write it there.';
  return { reason, rule: 'to be at the top of `forRoot()` only', remedy };
}

/** The warning about values that may stay, and need not. */
function changesNothing(values: readonly unknown[], why: string): string {
  const printed = printNames(values.map(printValue));
  const [verb, them] = values.length === 1 ? ['changes', 'it'] : ['change', 'them'];
  return `${printed} ${verb} nothing. ${why} Remove ${them}.`;
}
