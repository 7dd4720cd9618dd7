import type { CorsConfigIssue } from './cors-config-issue.js';
import { issueOf, type BrokenRule } from './issue.js';
import { POLICY_OPTIONS, ROOT_OPTIONS } from './option-names.js';
import { optionPath } from './option-path.js';
import type { OptionsPlace } from './options-place.js';
import { unknownOption } from './unknown-option.js';
import { UNSUPPORTED_OPTIONS } from './unsupported-options.js';

const EXTRA_OPTIONS: Readonly<Record<OptionsPlace['kind'], readonly string[]>> = {
  root: ROOT_OPTIONS,
  policy: [],
  override: ['policy'],
};

/** The issues of the names of options. */
export function checkNames(
  { source, kind }: OptionsPlace,
  written: Readonly<Record<string, unknown>>,
): CorsConfigIssue[] {
  const known: readonly string[] = [...POLICY_OPTIONS, ...EXTRA_OPTIONS[kind]];
  return Object.keys(written)
    .filter((name) => !known.includes(name))
    .flatMap((name) => {
      const rule = UNSUPPORTED_OPTIONS.get(name) ?? findMisplaced(name);
      const path = optionPath(source, name);
      if (rule === undefined) return [unknownOption(path, name, known)];
      const value = written[name];
      return value === undefined ? [] : [issueOf(path, name, value, rule)];
    });
}

function findMisplaced(name: string): BrokenRule | undefined {
  const reason = 'misplaced-option';
  if (name === 'policy') {
    const remedy =
      'Options are shared by a constant in your code; policies do not build on others.';
    return { reason, rule: 'to be within `@Cors()` only', remedy };
  }
  const names: readonly string[] = ROOT_OPTIONS;
  if (!names.includes(name)) return undefined;
  const remedy = 'It holds for the whole application. Write it there.';
  return { reason, rule: 'to be at the top of `forRoot()` only', remedy };
}
