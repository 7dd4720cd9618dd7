import { quoted, quotedList, type ServerKind, type Setting } from './server.js';

/** This library. */
export const nestjsCors: ServerKind = {
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

/** Nest without this library. */
export const enableCors: ServerKind = {
  title: 'enableCors()',
  setting: (setting) => [`app.enableCors(${corsOptionsCode(setting)}); // before app.listen()`],
  preflight: ['app.enableCors({ /* your options */ }); // before app.use() of anything else'],
  oneLayer: ['// Remove app.enableCors(), or the headers that a proxy adds: one of the two.'],
};

/** Express with `cors`; `@fastify/cors` takes the same options. */
export const corsPackage: ServerKind = {
  title: 'the package cors',
  setting: (setting) => [
    `app.use(cors(${corsOptionsCode(setting)})); // before routes and authentication`,
  ],
  preflight: [
    'app.use(cors({ /* your options */ })); // before routes, redirects and authentication',
  ],
  oneLayer: ['// Remove cors(), or the headers that a proxy adds: one of the two.'],
};

/** A setting as options of `enableCors()`, of the package `cors`, and of this library. */
function corsOptionsCode({ origin, credentials, methods, allowedHeaders }: Setting): string {
  const options: string[] = [];
  // The others stand in the user's code, where nobody else can see them.
  if (origin !== undefined) options.push(`origin: [${quoted(origin)} /* and your others */]`);
  if (credentials !== undefined) options.push(`credentials: ${credentials}`);
  if (methods !== undefined) options.push(`methods: ${quotedList(methods)}`);
  if (allowedHeaders !== undefined) options.push(`allowedHeaders: ${quotedList(allowedHeaders)}`);
  return `{ ${options.join(', ')} }`;
}
