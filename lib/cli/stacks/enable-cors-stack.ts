import { corsOptionsCode } from './cors-options-code.js';
import type { Stack } from './stack.js';

/** Nest without this library. */
export const enableCorsStack: Stack = {
  title: 'enableCors()',
  setting: (setting) => [`app.enableCors(${corsOptionsCode(setting)}); // before app.listen()`],
  preflight: ['app.enableCors({ /* your options */ }); // before app.use() of anything else'],
  oneLayer: ['// Remove app.enableCors(), or the headers that a proxy adds: one of the two.'],
};
