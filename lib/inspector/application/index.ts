export { CorsInspector } from './cors-inspector.js';
export type { CorsInspectorOptions } from './inspector-options.js';
