import { compileConfiguration } from '../../dist/compiled/options/compile-configuration.js';

/**
 * What requests read of options, without an application around it.
 *
 * @param {import('nestjs-cors').CorsOptions} options
 */
export function buildPolicy(options) {
  const resolvers = { fromFunction: (decide) => decide };
  const tools = { isPublicSuffix: () => false };
  return compileConfiguration({ options, handlers: [], resolvers, tools }).global;
}
