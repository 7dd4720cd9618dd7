import * as regexps from '../../dist/compiled/options/language/regexp-origins.js';
import { compileConfiguration } from '../../dist/compiled/options/compile-configuration.js';

/**
 * What requests read of options, without an application around it.
 *
 * @param {import('nestjs-cors').CorsOptions} options
 */
export function buildPolicy(options) {
  const resolvers = { fromFunction: (decide) => decide };
  const tools = { suffixKindOf: () => undefined, regexps };
  const [global] = compileConfiguration({ options, handlers: [], resolvers, tools }).policies;
  return global.policy;
}
