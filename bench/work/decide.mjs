import { compileConfiguration } from '../../dist/compiled/options/compile-configuration.js';
import { loadOriginTools } from '../../dist/compiled/options/origin/origin-tools.js';
import { decideResponse, prepareResponses } from '../../dist/compiled/policy/decide-response.js';

// Where the benches reach into the package: a decision without an application around it.

/** All of them: a RegExp needs each. */
const tools = await loadOriginTools(/./);

/**
 * What requests read of options.
 *
 * @param {import('nestjs-cors').CorsOptions} options
 */
export function prepare(options) {
  const resolvers = { fromFunction: (decide) => decide, reasonAgainst: () => undefined };
  const [global] = compileConfiguration({ options, handlers: [], resolvers, tools }).policies;
  return prepareResponses(global.policy);
}

/**
 * @param {import('nestjs-cors').CorsOptions} options without a function or class
 * @returns {(origin: string) => readonly string[]} the headers of a response, as a flat list
 */
export function decider(options) {
  const prepared = prepare(options);
  return (origin) => decideResponse(prepared, { origin, toCorsRequest: noFunctionAsks }).headers;
}

function noFunctionAsks() {
  throw new Error('Only an origin function asks for more of the request than its origin.');
}
