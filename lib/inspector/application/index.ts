/**
 * The entry point `nestjs-cors/inspector`: exports only. It serves the inspector in an application, in
 * development.
 *
 * @module nestjs-cors/inspector
 */
export { CorsInspector } from './cors-inspector.js';
export type { CorsInspectorOptions } from './inspector-options.js';
