/**
 * The entry point `nestjs-cors/testing`: exports only. It is what users need to test CORS in their
 * own applications.
 *
 * @module nestjs-cors/testing
 */
export type { CorsBlockReason } from './cors-call.js';
export type { CorsCallOptions } from './cors-call.js';
export type { CorsExpectation } from './expect-cors.js';
export type { CorsPage } from './expect-cors.js';
export { expectCors } from './expect-cors.js';
export type { TestedApplication } from './cors-call.js';
export type { ApplicationWithPolicy, PolicyExpectation } from './expect-policy.js';
export { expectPolicy } from './expect-policy.js';
