import { compileConfiguration } from '../../../../lib/options/compile-configuration.js';
import type { CorsConfigIssue } from '../../../../lib/options/refusal/cors-config-error.js';
import { applyRemedies } from '../../../support/apply-remedies.js';
import { optionsOf, readConfigurations } from '../../../support/written-configuration.js';
import { issuesIn, RESOLVERS, TOOLS } from '../configuration.js';

const CASES = readConfigurations(process.cwd());

const SURROUNDINGS = [true, false].flatMap((isSet) =>
  [true, false].map((isProduction) => ({ isSet, isProduction })),
);
const RUNS = CASES.flatMap((written, index) =>
  SURROUNDINGS.map((surroundings) => ({ index, written, surroundings })),
);

/**
 * What no remedy can express in the application's own words: any page with cookies, which is refused on
 * purpose, and a decision per request. There a person lists the origins.
 */
const LEFT_TO_A_PERSON: readonly CorsConfigIssue['reason'][] = [
  'origin-missing',
  'origin-true',
  'wildcard-origin-with-credentials',
  'options-delegator',
];

function boot(options: unknown): readonly CorsConfigIssue[] {
  return issuesIn(() =>
    compileConfiguration({ options, handlers: [], resolvers: RESOLVERS, tools: TOOLS }),
  );
}

function withEnvironment<T>(isProduction: boolean, run: () => T): T {
  const { NODE_ENV } = process.env;
  process.env['NODE_ENV'] = isProduction ? 'production' : 'development';
  try {
    return run();
  } finally {
    process.env['NODE_ENV'] = NODE_ENV;
  }
}

/** The hosts that are written out. */
function hostsIn(origin: unknown): string[] {
  const members = [origin].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : []));
  return members.flatMap((one) => {
    const { hostname = '' } = URL.parse(one.trim()) ?? {};
    return /^$|undefined|nan/.test(hostname) ? [] : [hostname];
  });
}

const originIn = (options: unknown): unknown => Reflect.get(Object(options), 'origin');

describe('one round of corrections is enough', () => {
  it.each(RUNS)('case $index, $surroundings', ({ written, surroundings }) => {
    withEnvironment(surroundings.isProduction, () => {
      const options = optionsOf(written, surroundings);
      const issues = boot(options);
      const corrected = applyRemedies(options, issues);
      expect(boot(corrected).map(({ path, message }) => `${path}: ${message}`)).toEqual([]);

      // Nobody is opened to any page who was not, and no host is forgotten.
      const [before, after] = [originIn(options), originIn(corrected)];
      const isLeft = issues.some(({ reason }) => LEFT_TO_A_PERSON.includes(reason));
      expect(after === '*' && before !== '*' && !isLeft).toBe(false);
      const forgotten = hostsIn(before).filter((host) => !hostsIn(after).includes(host));
      expect(after === false ? [] : forgotten).toEqual([]);
    });
  });

  it('most of what remains is for a person to decide', () => {
    const refused = RUNS.map(({ written, surroundings }) => boot(optionsOf(written, surroundings)));
    const byPerson = refused.filter((issues) =>
      issues.some(({ reason }) => LEFT_TO_A_PERSON.includes(reason)),
    );
    const asWritten = refused.filter((issues) => issues.length === 0);
    expect({ asWritten: asWritten.length, byPerson: byPerson.length }).toEqual({
      asWritten: 142,
      byPerson: 156,
    });
  });
});
