/**
 * What users need to test CORS in their own applications: `nestjs-cors/testing`. The one file here
 * that exports what others define, since it is the door of the package's sub-path.
 */
export type { CorsBlockReason } from './cors-call.js';
export type { CorsCallOptions } from './cors-call.js';
export type { CorsExpectation } from './expect-cors.js';
export type { CorsPage } from './expect-cors.js';
export { expectCors } from './expect-cors.js';
export type { TestedApplication } from './cors-call.js';
