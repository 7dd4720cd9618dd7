import {
  isOpen,
  quoted,
  quotedList,
  type ServerKind,
  type Setting,
  USUAL_METHODS,
} from './server.js';

/** How a CORS layer names its options, and whether it allows all usual methods unless some are listed. */
interface OptionNames {
  readonly methods: string;
  readonly headers: string;
  readonly open: boolean;
  /** How the origins are written; a list otherwise. */
  readonly origin?: (setting: Setting) => string;
}

const OTHERS = '/* and your others */';

/** A setting as lines of an object literal. A list that the layer does not restrict is left out. */
export function optionLines(
  setting: Setting,
  names: OptionNames,
  indent = '  ',
): readonly string[] {
  const { credentials, methods, allowedHeaders, listsMethods, listsHeaders } = setting;
  const origin = isOpen(setting) ? quoted('*') : (names.origin ?? originList)(setting);
  const isUsual = methods.every((method) => USUAL_METHODS.includes(method));
  return [
    `origin: ${origin},`,
    ...(credentials ? ['credentials: true,'] : []),
    ...(listsMethods || !names.open || !isUsual
      ? [`${names.methods}: [${quotedList(methods)} ${OTHERS}],`]
      : []),
    ...(listsHeaders ? [`${names.headers}: [${quotedList(allowedHeaders)} ${OTHERS}],`] : []),
  ].map((line) => indent + line);
}

function originList({ origins }: Setting): string {
  return `[${quotedList(origins)} ${OTHERS}]`;
}

const CORS = { methods: 'methods', headers: 'allowedHeaders', open: true };

/** Express with the package `cors`. */
export const corsPackage: ServerKind = {
  title: 'Express',
  versions: 'Express 4 and 5, cors 2.8',
  documentation: 'https://expressjs.com/en/resources/middleware/cors.html',
  signs: [{ header: 'x-powered-by', value: /^Express$/i }],
  change: (setting) => [
    '// npm install cors; before routes, redirects and authentication, in place of your cors(), whose',
    '// other options stay',
    'app.use(cors({',
    ...optionLines(setting, CORS),
    '}));',
  ],
  oneLayer: ['// Remove either cors() or the headers that a proxy adds.'],
};

/** Fastify with its own plugin, which allows three methods unless more are listed. */
export const fastifyCors: ServerKind = {
  title: 'Fastify',
  versions: 'Fastify 5, @fastify/cors 11',
  documentation: 'https://github.com/fastify/fastify-cors',
  signs: [
    {
      status: 404,
      type: /^application\/json/,
      page: (method, path) =>
        JSON.stringify({
          message: `Route ${method}:${path} not found`,
          error: 'Not Found',
          statusCode: 404,
        }),
    },
  ],
  change: (setting) => [
    '// npm install @fastify/cors; before routes and hooks, in place of your registration, whose other',
    '// options stay',
    'await app.register(cors, {',
    ...optionLines(setting, { ...CORS, open: false }),
    '});',
  ],
  oneLayer: ['// Remove either @fastify/cors or the headers that a proxy adds.'],
};

/** Hono with its own middleware. */
export const hono: ServerKind = {
  title: 'Hono',
  versions: 'Hono 4',
  documentation: 'https://hono.dev/docs/middleware/builtin/cors',
  signs: [{ status: 404, type: /^text\/plain/, page: () => '404 Not Found' }],
  change: (setting) => [
    "// import { cors } from 'hono/cors'; before routes and authentication, in place of your cors(),",
    '// whose other options stay',
    'app.use(cors({',
    ...optionLines(setting, { methods: 'allowMethods', headers: 'allowHeaders', open: true }),
    '}));',
  ],
  oneLayer: ['// Remove either cors() or the headers that a proxy adds.'],
};

/** Koa with `@koa/cors`, whose origin is one string or a function. */
export const koa: ServerKind = {
  title: 'Koa',
  versions: 'Koa 3, @koa/cors 5',
  documentation: 'https://github.com/koajs/cors',
  change: (setting) => [
    '// npm install @koa/cors; before routes and authentication, in place of your cors(), whose other',
    '// options stay',
    'app.use(cors({',
    ...optionLines(setting, {
      methods: 'allowMethods',
      headers: 'allowHeaders',
      open: true,
      origin: (one) =>
        `({ headers }) => ${originList(one)}.find((one) => one === headers.origin) ?? ''`,
    }),
    '}));',
  ],
  oneLayer: ['// Remove either cors() or the headers that a proxy adds.'],
};

/** Its HTTP transport; WebSockets have no CORS. */
export const socketIo: ServerKind = {
  title: 'socket.io',
  versions: 'socket.io 4',
  documentation: 'https://socket.io/docs/v4/handling-cors/',
  signs: [{ url: /^https?:\/\/[^/]+\/socket\.io\// }],
  change: (setting) => [
    '// your other options stay; in Nest they are those of @WebSocketGateway()',
    'const io = new Server(server, {',
    '  cors: {',
    ...optionLines(setting, CORS, '    '),
    '  },',
    '});',
    '// It covers /socket.io/ alone: routes of the same server need a CORS layer of their own.',
  ],
  oneLayer: ['// Remove either `cors` of socket.io or the headers that a proxy adds.'],
};
