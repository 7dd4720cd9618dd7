import type { ReceivedResponse, SimulateOptions } from '../../../lib/browser/index.js';
import { codeFor, servers, type ServerName } from '../../../lib/diagnosis/servers/servers.js';
import { network, response, visit } from '../browser/network.js';

const SERVER_NAMES = Object.keys(servers) as ServerName[];

type Case = readonly [
  ReceivedResponse,
  Partial<Omit<SimulateOptions, 'send'>>,
  Readonly<Record<ServerName, readonly string[]>>,
];

const page = 'https://app.example.com';
const acao = { 'access-control-allow-origin': page };

/** No setting helps. */
const NONE: Case[2] = {
  'nestjs-cors': [],
  enableCors: [],
  cors: [],
  flask: [],
  fastapi: [],
  nginx: [],
};

const cases: Readonly<Record<string, Case>> = {
  'an origin that is not allowed': [
    response(200, { 'access-control-allow-origin': 'https://b.test' }),
    {},
    {
      'nestjs-cors': [
        "@Cors({ origin: ['https://app.example.com' /* and your others */] }) // on the handler or its controller",
        "CorsModule.forRoot({ origin: ['https://app.example.com' /* and your others */] }) // or for the whole application",
      ],
      enableCors: [
        "app.enableCors({ origin: ['https://app.example.com' /* and your others */] }); // before app.listen()",
      ],
      cors: [
        "app.use(cors({ origin: ['https://app.example.com' /* and your others */] })); // before routes and authentication",
      ],
      flask: ["CORS(app, origins=['https://app.example.com'])"],
      fastapi: [
        'app.add_middleware(  # last, so that it is outermost',
        '    CORSMiddleware,',
        "    allow_origins=['https://app.example.com'],",
        ')',
      ],
      nginx: [
        '# in http { }, one line for each origin',
        'map $http_origin $cors_origin {',
        "    'https://app.example.com' $http_origin;",
        '}',
        '# in location { }',
        'add_header Access-Control-Allow-Origin $cors_origin always;',
        'add_header Vary Origin always;',
      ],
    },
  ],
  'a preflight without any CORS headers': [
    response(404),
    { method: 'PUT', headers: { 'x-b': '1', 'x-a': '1' }, credentials: true },
    {
      'nestjs-cors': [
        '// There are no CORS headers here: is it @Cors(false), or is CorsModule not imported? Otherwise:',
        "@Cors({ origin: ['https://app.example.com' /* and your others */], credentials: true }) // on the handler or its controller",
        "CorsModule.forRoot({ origin: ['https://app.example.com' /* and your others */], credentials: true }) // or for the whole application",
      ],
      enableCors: [
        "app.enableCors({ origin: ['https://app.example.com' /* and your others */], credentials: true }); // before app.listen()",
      ],
      cors: [
        "app.use(cors({ origin: ['https://app.example.com' /* and your others */], credentials: true })); // before routes and authentication",
      ],
      flask: ["CORS(app, origins=['https://app.example.com'], supports_credentials=True)"],
      fastapi: [
        'app.add_middleware(  # last, so that it is outermost',
        '    CORSMiddleware,',
        "    allow_origins=['https://app.example.com'],",
        '    allow_credentials=True,',
        "    allow_methods=['PUT'],",
        "    allow_headers=['x-a', 'x-b'],",
        ')',
      ],
      nginx: [
        '# in http { }, one line for each origin',
        'map $http_origin $cors_origin {',
        "    'https://app.example.com' $http_origin;",
        '}',
        '# in location { }',
        'add_header Access-Control-Allow-Origin $cors_origin always;',
        'add_header Vary Origin always;',
        'add_header Access-Control-Allow-Credentials true always;',
        "add_header Access-Control-Allow-Methods 'PUT' always;",
        "add_header Access-Control-Allow-Headers 'x-a, x-b' always;",
        "if ($request_method = 'OPTIONS') {",
        '    return 204;',
        '}',
      ],
    },
  ],
  'an origin that is not allowed, where others are': [
    response(403, { vary: 'accept, ORIGIN' }),
    {},
    {
      'nestjs-cors': [
        "@Cors({ origin: ['https://app.example.com' /* and your others */] }) // on the handler or its controller",
        "CorsModule.forRoot({ origin: ['https://app.example.com' /* and your others */] }) // or for the whole application",
      ],
      enableCors: [
        "app.enableCors({ origin: ['https://app.example.com' /* and your others */] }); // before app.listen()",
      ],
      cors: [
        "app.use(cors({ origin: ['https://app.example.com' /* and your others */] })); // before routes and authentication",
      ],
      flask: ["CORS(app, origins=['https://app.example.com'])"],
      fastapi: [
        'app.add_middleware(  # last, so that it is outermost',
        '    CORSMiddleware,',
        "    allow_origins=['https://app.example.com'],",
        ')',
      ],
      nginx: [
        '# in http { }, one line for each origin',
        'map $http_origin $cors_origin {',
        "    'https://app.example.com' $http_origin;",
        '}',
        '# in location { }',
        'add_header Access-Control-Allow-Origin $cors_origin always;',
        'add_header Vary Origin always;',
      ],
    },
  ],
  'credentials that are not allowed': [
    response(200, acao),
    { credentials: true },
    {
      'nestjs-cors': [
        '@Cors({ credentials: true }) // on the handler or its controller',
        'CorsModule.forRoot({ credentials: true }) // or for the whole application',
      ],
      enableCors: ['app.enableCors({ credentials: true }); // before app.listen()'],
      cors: ['app.use(cors({ credentials: true })); // before routes and authentication'],
      flask: ['CORS(app, supports_credentials=True)'],
      fastapi: [
        'app.add_middleware(  # last, so that it is outermost',
        '    CORSMiddleware,',
        '    allow_credentials=True,',
        ')',
      ],
      nginx: ['add_header Access-Control-Allow-Credentials true always;'],
    },
  ],
  'a method that is not allowed, beside some that are': [
    response(204, {
      ...acao,
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': "GET, it's, *",
    }),
    { method: 'PUT', credentials: true },
    {
      'nestjs-cors': [
        '// Without `methods`, the methods mapped at the path are allowed: is the handler mapped?',
        "@Cors({ methods: ['GET', 'it\\'s', 'PUT'] }) // on the handler or its controller",
        "CorsModule.forRoot({ methods: ['GET', 'it\\'s', 'PUT'] }) // or for the whole application",
      ],
      enableCors: ["app.enableCors({ methods: ['GET', 'it\\'s', 'PUT'] }); // before app.listen()"],
      cors: [
        "app.use(cors({ methods: ['GET', 'it\\'s', 'PUT'] })); // before routes and authentication",
      ],
      flask: ["CORS(app, methods=['GET', 'it\\'s', 'PUT'])"],
      fastapi: [
        'app.add_middleware(  # last, so that it is outermost',
        '    CORSMiddleware,',
        "    allow_methods=['GET', 'it\\'s', 'PUT'],",
        ')',
      ],
      nginx: ["add_header Access-Control-Allow-Methods 'GET, it\\'s, PUT' always;"],
    },
  ],
  'headers that are not allowed, beside one that is': [
    response(204, { ...acao, 'access-control-allow-headers': 'X-A' }),
    { headers: { 'x-c': '1', 'x-b': '1', 'x-a': '1' } },
    {
      'nestjs-cors': [
        "@Cors({ allowedHeaders: ['x-a', 'x-b', 'x-c'] }) // on the handler or its controller",
        "CorsModule.forRoot({ allowedHeaders: ['x-a', 'x-b', 'x-c'] }) // or for the whole application",
      ],
      enableCors: [
        "app.enableCors({ allowedHeaders: ['x-a', 'x-b', 'x-c'] }); // before app.listen()",
      ],
      cors: [
        "app.use(cors({ allowedHeaders: ['x-a', 'x-b', 'x-c'] })); // before routes and authentication",
      ],
      flask: ["CORS(app, allow_headers=['x-a', 'x-b', 'x-c'])"],
      fastapi: [
        'app.add_middleware(  # last, so that it is outermost',
        '    CORSMiddleware,',
        "    allow_headers=['x-a', 'x-b', 'x-c'],",
        ')',
      ],
      nginx: ["add_header Access-Control-Allow-Headers 'x-a, x-b, x-c' always;"],
    },
  ],
  'two layers': [
    response(200, { 'access-control-allow-origin': [page, page] }),
    {},
    {
      'nestjs-cors': [
        '// Remove app.enableCors(), the package cors, and add_header of a proxy: only CorsModule',
        '// should write these headers.',
      ],
      enableCors: ['// Remove either app.enableCors() or the headers that a proxy adds.'],
      cors: ['// Remove either cors() or the headers that a proxy adds.'],
      flask: ['# Remove either CORS(app) or the headers that a proxy adds.'],
      fastapi: ['# Remove either CORSMiddleware or the headers that a proxy adds.'],
      nginx: [
        '# in location { }, if nginx is to send them',
        'proxy_hide_header Access-Control-Allow-Origin;',
        'proxy_hide_header Access-Control-Allow-Credentials;',
      ],
    },
  ],
  'a list in one line': [
    response(200, { 'access-control-allow-origin': `${page}, https://b.test` }),
    {},
    NONE,
  ],
  'authentication before CORS': [
    response(401, acao),
    { method: 'PUT' },
    {
      'nestjs-cors': [
        '// CorsModule answers preflights before guards and routes: something in front of the application',
        '// (a proxy, a gateway) answered this one, or CorsModule is not imported.',
        '// Let OPTIONS reach it.',
      ],
      enableCors: ['app.enableCors({ /* your options */ }); // before app.use() of anything else'],
      cors: [
        'app.use(cors({ /* your options */ })); // before routes, redirects and authentication',
      ],
      flask: [
        '@app.before_request',
        'def authenticate():',
        "    if request.method == 'OPTIONS':",
        '        return  # CORS(app) answers it',
        '    ...',
      ],
      fastapi: [
        'app.add_middleware(CORSMiddleware, ...)  # after every other: the last is outermost',
        '# If it responds with 400 itself, allow_methods or allow_headers lacks what was requested.',
      ],
      nginx: [
        '# in location { }; it comes before auth_basic and proxy_pass',
        "if ($request_method = 'OPTIONS') {",
        '    return 204;',
        '}',
      ],
    },
  ],
  'a method in lower case': [
    response(204, { ...acao, 'access-control-allow-methods': 'PATCH' }),
    { method: 'patch' },
    NONE,
  ],
  'a redirect': [response(302, { location: 'https://b.test/' }), {}, NONE],
  'nothing that is wrong': [response(200, acao), {}, NONE],
};

describe.each(Object.entries(cases))('%s', (_, [answer, options, expected]) => {
  it.each(SERVER_NAMES)('for %s', async (name) => {
    const simulation = await visit({ ...options, send: network(answer).send });
    expect(codeFor(name, simulation)).toEqual(expected[name]);
  });
});
