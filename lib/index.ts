/**
 * CORS for a Nest application: the module, the decorator, the service, and their types.
 *
 * @module nestjs-cors
 */
export { CORS_OPTIONS } from './cors.constants.js';
export { Cors } from './cors.decorator.js';
export { CorsInterceptor } from './cors.interceptor.js';
export { CorsModule } from './cors.module.js';
export { CorsService } from './cors.service.js';
export type { CorsSocketOptions, SocketCorsOptions } from './neighbours/socket-options.js';
export type { CorsExplanation, CorsQuestion } from './explanation/explain-request.js';
export type { CorsDecisionEvent } from './observation/events.js';
export type { CorsReportOnlyEvent, ReportedAnswer } from './observation/events.js';
export type { CorsRoute, ExplainedOption, ExplainedPolicy } from './explanation/route-report.js';
export { CorsConfigError } from './options/refusal/cors-config-error.js';
export type { CorsConfigIssue } from './options/refusal/cors-config-error.js';
export type { CorsConfigReason } from './options/refusal/cors-config-reason.js';
export type { CorsOptions } from './options/cors-options.js';
export type { CorsOptionsFactory } from './options/cors-options.js';
export type { CorsOrigin } from './options/cors-origin.js';
export type { CorsOriginResolver } from './options/cors-origin.js';
export type { CorsOverride } from './options/cors-options.js';
// All of it, since declarations merge with what a module exports by `*`.
export type * from './options/cors-options.js';
export type { CorsPolicyOptions } from './options/cors-policy-options.js';
export type { CorsResolverOptions } from './options/cors-origin.js';
export type { OriginResolverClass } from './options/cors-origin.js';
export type * from './policy-file/policy-file.js';
export type { CorsRequest } from './policy/policy.js';
export type { CorsOutcome } from './policy/policy.js';
export type { AskingFailure as CorsFailureEvent } from './resolver/ask-within.js';
