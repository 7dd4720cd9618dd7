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
        '// There are no CORS headers here: is it @Cors(false), or is CorsModule not imported? Otherwise:',
        ...lines,
      ];
    }
    if (setting.methods === undefined) return lines;
    return [
      '// Without `methods`, the methods mapped at the path are allowed: is the handler mapped?',
      ...lines,
    ];
  },
  preflight: [
    '// CorsModule answers preflights before guards and routes: something in front of the application',
    '// (a proxy, a gateway) answered this one, or CorsModule is not imported.',
    '// Let OPTIONS reach it.',
  ],
  oneLayer: [
    '// Remove app.enableCors(), the package cors, and add_header of a proxy: only CorsModule',
    '// should write these headers.',
  ],
};

/** Nest without this library. */
export const enableCors: ServerKind = {
  title: 'enableCors()',
  setting: (setting) => [`app.enableCors(${corsOptionsCode(setting)}); // before app.listen()`],
  preflight: ['app.enableCors({ /* your options */ }); // before app.use() of anything else'],
  oneLayer: ['// Remove either app.enableCors() or the headers that a proxy adds.'],
};

/** Express with `cors`; `@fastify/cors` takes the same options. */
export const corsPackage: ServerKind = {
  title: 'the cors package',
  setting: (setting) => [
    `app.use(cors(${corsOptionsCode(setting)})); // before routes and authentication`,
  ],
  preflight: [
    'app.use(cors({ /* your options */ })); // before routes, redirects and authentication',
  ],
  oneLayer: ['// Remove either cors() or the headers that a proxy adds.'],
};

/** A setting as options of `enableCors()`, of the package `cors`, and of this library. */
function corsOptionsCode({ origin, credentials, methods, allowedHeaders }: Setting): string {
  const options: string[] = [];
  // The others are in the user's code, where this command cannot see them.
  if (origin !== undefined) options.push(`origin: [${quoted(origin)} /* and your others */]`);
  if (credentials !== undefined) options.push(`credentials: ${credentials}`);
  if (methods !== undefined) options.push(`methods: ${quotedList(methods)}`);
  if (allowedHeaders !== undefined) options.push(`allowedHeaders: ${quotedList(allowedHeaders)}`);
  return `{ ${options.join(', ')} }`;
}
