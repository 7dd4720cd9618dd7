/**
 * The browser's side of CORS as a pure function: `nestjs-cors/browser`. The one file here that
 * exports what others define, since it is the door of the package's sub-path.
 *
 * To read the code, begin with `simulate.ts` and follow a request: `request/` makes it of the
 * arguments of `fetch()`, `steps/` sends it and follows redirects, `preflight/` asks for leave,
 * `response/` checks what came back. `messages/`, `fixes/` and `findings/` put it into words.
 */
export type { CorsCheckId } from './simulation.js';
export type { Dialect } from './simulation.js';
export type { FailureDetails } from './simulation.js';
export type { Finding, FindingKind } from './simulation.js';
export type { Fix, FixKind, FixOptions } from './simulation.js';
export { type CheckGuide, checkGuide } from './words/check-guide.js';
export type { HeaderLines, ReceivedResponse, Send, SentRequest } from './http/http-exchange.js';
export type { BrowserMessage } from './messages/message-template.js';
export { browserMessages } from './messages/browser-messages.js';
export { type IdentifiedMessage, identifyMessage } from './messages/identify-message.js';
export { PreflightCache } from './fetch/preflight-cache.js';
export type { SimulateOptions } from './simulate-options.js';
export { simulate } from './simulate.js';
export type { Simulation, Verdict } from './simulation.js';
export type { SimulationStep } from './simulation.js';
export type { Stage } from './simulation.js';
