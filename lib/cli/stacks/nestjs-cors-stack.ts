import { corsOptionsCode } from './cors-options-code.js';
import type { Stack } from './stack.js';

/** This library. */
export const nestjsCorsStack: Stack = {
  title: 'nestjs-cors',
  setting(setting) {
    const options = corsOptionsCode(setting);
    const lines = [
      `@Cors(${options}) // on the handler or its controller`,
      `CorsModule.forRoot(${options}) // or for the whole application`,
    ];
    if (setting.silent === true) {
      return [
        '// Nothing here speaks of CORS: is it @Cors(false), or CorsModule not imported? Else:',
        ...lines,
      ];
    }
    if (setting.methods === undefined) return lines;
    return [
      '// Without `methods`, what is mapped at the path is allowed: is the handler?',
      ...lines,
    ];
  },
  preflight: [
    '// CorsModule answers CORS-preflight requests before guards and routes: what answered this',
    '// one stands in front of the application (a proxy, a gateway), or CorsModule is not imported.',
    '// Let OPTIONS through to it.',
  ],
  oneLayer: [
    '// Remove app.enableCors(), the package cors, and add_header of a proxy: CorsModule alone',
    '// shall write these headers.',
  ],
};
