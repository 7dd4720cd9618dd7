import { runInNewContext } from 'node:vm';
import { APPLICATION_OPTION_TABLE } from '../../lib/options/application-option-table.js';
import { explainedDefault, POLICY_OPTIONS } from '../../lib/options/policy-option-table.js';
import { DEFAULT_LIMITS } from '../../lib/options/read/resolver-limits.js';
import { readDocComments } from './generated-tables.js';
import { repository } from './page.js';

const { options } = readDocComments(repository());

/** What `@default` says of an option: a value where it is one, the words otherwise; or `required`. */
function documentedDefaults(type: string): [name: string, value: unknown][] {
  return options
    .filter(({ of }) => of === type)
    .map(({ name, required, tags }) => {
      const [, text = ''] = tags.find(([tag]) => tag === 'default') ?? [];
      return [name, required ? 'required' : valueOf(text.replace(/\s*\n\s*/g, ' '))];
    });
}

function valueOf(text: string): unknown {
  if (!/^(?:['[{]|\d+$|true$|false$)/.test(text)) return text;
  // An object of another realm would not be equal.
  return JSON.parse(String(runInNewContext(`JSON.stringify(${text})`)));
}

describe('the documented defaults are those of the tables', () => {
  it('of a policy', () => {
    const defaults = POLICY_OPTIONS.map((option) => [option, explainedDefault(option)]);
    expect(defaults).toEqual(documentedDefaults('CorsPolicyOptions'));
  });

  it('of the application', () => {
    const defaults = Object.entries(APPLICATION_OPTION_TABLE).map(([option, row]) => [
      option,
      'explainedDefault' in row ? row.explainedDefault : row.default,
    ]);
    expect(defaults).toEqual(documentedDefaults('CorsOptions'));
  });

  it('of the limits of resolvers', () => {
    expect(Object.entries(DEFAULT_LIMITS)).toEqual(documentedDefaults('CorsResolverOptions'));
  });
});
