import { isLoopbackHost } from '../../fetch/origins.js';
import { optionLines } from './node.js';
import { type ErrorPage, quotedList, type ServerKind, type Setting } from './server.js';

/** Nest's response where no route matches. */
export const nestNotFound: ErrorPage = {
  status: 404,
  type: /^application\/json/,
  page: (method, path) =>
    JSON.stringify({ message: `Cannot ${method} ${path}`, error: 'Not Found', statusCode: 404 }),
};

/** How this library refuses a preflight. */
const refusal: ErrorPage = { status: 403, type: /^$/, page: () => '', varies: true };

/** This library. */
export const nestjsCors: ServerKind = {
  title: 'nestjs-cors',
  versions: 'this version',
  documentation: '../README.md#options',
  signs: [nestNotFound, refusal],
  change(setting) {
    const { silent, wrong } = setting;
    const module = [
      'CorsModule.forRoot({',
      ...optionLines(setting, { methods: 'methods', headers: 'allowedHeaders', open: true }),
      ...(isInsecure(setting) ? ['  dangerouslyAllowInsecureOrigins: true,'] : []),
      '})',
    ];
    if (wrong === 'preflight') {
      return [
        '// CorsModule answers preflights before guards and routes: something in front of the application',
        '// (a proxy, a gateway) answered this one, so let OPTIONS reach it. Or CorsModule is not imported:',
        '// among the imports of the root module, your other options stay',
        ...module,
      ];
    }
    return [
      ...remarks(setting),
      ...(isInsecure(setting)
        ? []
        : [
            '// on the handler or its controller; all else comes from forRoot()',
            `@Cors({ ${decoratorOptions(setting)} })`,
          ]),
      silent
        ? '// or for the whole application: among the imports of the root module'
        : '// or for the whole application: in forRoot(), whose other options stay',
      ...module,
    ];
  },
  oneLayer: [
    '// Remove app.enableCors(), the package cors, and add_header of a proxy: only CorsModule',
    '// should write these headers.',
  ],
};

function remarks(setting: Setting): readonly string[] {
  if (isInsecure(setting)) {
    return [
      '// Anyone on the network between can hijack the session of a page over http: with credentials it is',
      '// refused at startup, unless the last option is set. Better serve the page over https.',
    ];
  }
  if (setting.silent) {
    return [
      '// There are no CORS headers here: is it @Cors(false), or is CorsModule not imported? Otherwise:',
    ];
  }
  return setting.wrong === 'methods'
    ? ['// Without `methods`, the methods mapped at the path are allowed: is the handler mapped?']
    : [];
}

/** Only what changes: the decorator adds to the options of the module. */
function decoratorOptions({
  wrong,
  origins,
  credentials,
  methods,
  allowedHeaders,
}: Setting): string {
  switch (wrong) {
    case 'methods':
      return `methods: [${quotedList(methods)}]`;
    case 'headers':
      return `allowedHeaders: [${quotedList(allowedHeaders)}]`;
    case 'credentials':
      return 'credentials: true';
    default:
      return `origin: [${quotedList(origins)} /* and your others */]${credentials ? ', credentials: true' : ''}`;
  }
}

/** Whether an origin would be refused at startup, beside credentials. */
function isInsecure({ origins, credentials }: Setting): boolean {
  return credentials && origins.some((origin) => isClear(origin));
}

function isClear(origin: string): boolean {
  return origin.startsWith('http://') && !isLoopbackHost(new URL(origin).hostname);
}

/** Nest without this library. Fastify allows three methods unless more are listed. */
export const enableCors: ServerKind = {
  title: 'enableCors()',
  versions: 'Nest 11 and 12',
  documentation: 'https://docs.nestjs.com/security/cors',
  change: (setting) => [
    '// before app.listen() and app.use(), in place of your enableCors(), whose other options stay',
    'app.enableCors({',
    ...optionLines(setting, { methods: 'methods', headers: 'allowedHeaders', open: false }),
    '});',
  ],
  oneLayer: ['// Remove either app.enableCors() or the headers that a proxy adds.'],
};
