/**
 * The entry point `nestjs-cors/browser`: exports only. It is the browser's side of CORS as a pure
 * function.
 *
 * To read the code, begin with `simulate.ts` and follow a request: `fetch/` makes it from the
 * arguments of `fetch()`, sends it, with a preflight where one is needed, follows redirects and
 * checks what comes back; `http/` reads URLs and headers. `messages/` and `guide/` say what failed.
 *
 * @module nestjs-cors/browser
 */
export type { BrowserName } from './simulation.js';
export { PreflightCache } from './fetch/preflight-cache.js';
export type { SimulateOptions } from './fetch/prepare-request.js';
export type { AddressSpaces } from './fetch/user-agent.js';
export { type AddressSpace, addressSpaceOf, hostAddressSpace } from './http/address-space.js';
export type { HeaderLines, ReceivedResponse, Send, SentRequest } from './http/http-exchange.js';
export { browserMessages } from './messages/browser-messages.js';
export { type IdentifiedMessage, identifyMessage } from './messages/browser-messages.js';
export type { BrowserMessage } from './messages/message-template.js';
export { simulate } from './simulate.js';
export type {
  CorsCheckId,
  FailureDetails,
  Finding,
  FindingKind,
  Fix,
  FixKind,
  FixOptions,
  LocalNetworkPermission,
  Simulation,
  SimulationStep,
  Stage,
  Verdict,
} from './simulation.js';
export { checkGuide } from './guide/check-guide.js';
export type { CheckGuide } from './guide/guide-entry.js';
