import { compileConfiguration } from '../../dist/compiled/options/compile-configuration.js';

/**
 * What requests read of options, without an application around it.
 *
 * @param {import('nestjs-cors').CorsOptions} options
 */
export function buildPolicy(options) {
  const guard = (ask) => ask;
  return compileConfiguration({ options, handlers: [], guard }).global;
}
