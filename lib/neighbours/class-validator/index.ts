/**
 * Origins where Nest teams already validate: in DTOs, and in the environment that `ConfigModule`
 * reads. The entry point `nestjs-cors/class-validator`; nothing else in the package loads
 * class-validator.
 *
 * @module nestjs-cors/class-validator
 */
export { CorsEnvironment } from './cors-environment.js';
export { IsCorsOrigin } from './is-cors-origin.js';
