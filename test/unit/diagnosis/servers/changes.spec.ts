import type { CheckRequest } from '../../../../lib/diagnosis/check-request.js';
import { SERVER_NAMES, serverKind } from '../../../../lib/diagnosis/servers/servers.js';
import { fc } from '../../../support/fast-check.js';
import { response } from '../../browser/network.js';
import { handlerOf, issuesOf, NONE } from '../../options/configuration.js';
import { PAGE } from '../check-arguments.js';
import { always, changeOf } from './change-of.js';

const PUT: Partial<CheckRequest> = {
  method: 'PUT',
  headers: [['x-request-id', '1']],
  credentials: true,
};
const ALLOWED = { 'access-control-allow-origin': PAGE };
const WITH_CREDENTIALS = { 'access-control-allow-credentials': 'true' };
/** They name methods and headers themselves, or need none of what a test looks for. */
const OPEN_BY_DEFAULT = [
  'nestjs-cors',
  'cors',
  'hono',
  'koa',
  'socket.io',
  'flask',
  'django',
  'laravel',
  'firebase',
];

describe.each(SERVER_NAMES)('for %s', (server) => {
  const codeFor = async (answer: Parameters<typeof response>, request: Partial<CheckRequest>) => {
    const change = await changeOf(always(response(...answer)), { ...request, server });
    expect(change).toMatchObject({ for: server, headers: null });
    return (change?.code ?? []).join('\n');
  };

  it('a silent server gets all that the request needs', async () => {
    const code = await codeFor([404], PUT);
    // Where it stands in a regular expression, its dots are escaped.
    expect(code.replaceAll('\\', '')).toContain(PAGE);
    expect(code).toMatch(/credentials/i);
    expect(code).toMatch(OPEN_BY_DEFAULT.includes(server) ? /./ : /\bput\b/i);
  });

  it.each<[string, Parameters<typeof response>]>([
    ['of a silent server', [404]],
    ['of other origins', [200, { vary: 'Origin' }]],
    ['of credentials', [204, ALLOWED]],
    ['of methods', [204, { ...ALLOWED, ...WITH_CREDENTIALS }]],
    [
      'of headers',
      [204, { ...ALLOWED, ...WITH_CREDENTIALS, 'access-control-allow-methods': 'PUT' }],
    ],
    ['of a preflight behind authentication', [401, ALLOWED]],
  ])('says where it goes and what stays: the change %s', async (_, answer) => {
    const code = await codeFor(answer, PUT);
    expect(code).toMatch(/^(?:\/\/|#) /);
    expect(code).toMatch(/\b(?:others?|stay)\b/);
    const remarks = code.split('\n').filter((line) => /^\s*(?:\/\/|#) /.test(line));
    expect(remarks.filter((line) => line.length > 108)).toEqual([]);
  });

  it('credentials are not allowed where nobody sends them', async () => {
    const code = await codeFor([200], {});
    const allows = /credentials['"]?\)?(?:: ?|=| = | => |, ?|\()(?:true|True)|credentials "?true/i;
    expect(code).not.toMatch(allows);
    expect(await codeFor([200], { credentials: true })).toMatch(/credentials/i);
  });

  it('an open server stays open', async () => {
    const code = await codeFor([204, { 'access-control-allow-origin': '*' }], { method: 'PUT' });
    expect(code).toMatch(/\*|AllowAnyOrigin|ALLOW_ALL|cors: true/);
    expect(code).not.toContain(PAGE);
  });

  it('methods and headers that are listed already stay', async () => {
    const code = await codeFor(
      [
        204,
        {
          'access-control-allow-origin': PAGE,
          'access-control-allow-methods': 'DELETE',
          'access-control-allow-headers': 'x-other',
        },
      ],
      { ...PUT, credentials: false },
    );
    // `cors` of Firebase allows all of both.
    if (server === 'firebase') return;
    expect(code).toMatch(/\bdelete\b/i);
    expect(code).toMatch(/\bput\b/i);
    expect(code).toContain('x-other');
    expect(code).toContain('x-request-id');
  });

  it('two layers are made one', async () => {
    const change = await changeOf(
      always(response(200, { 'access-control-allow-origin': [PAGE, PAGE] })),
      { server },
    );
    expect(change?.code).toEqual(serverKind(server).oneLayer);
  });

  it('brackets and quotes are balanced', async () => {
    const code = (await codeFor([404], PUT)).replaceAll(/(?:^|\s)(?:\/\/|#) [^\n]*/gm, '');
    for (const [open, close] of ['()', '[]', '{}']) {
      expect([open, code.split(open ?? '').length]).toEqual([open, code.split(close ?? '').length]);
    }
    expect(code.split("'").length % 2).toBe(1);
    expect(code.split('"').length % 2).toBe(1);
  });
});

it('an open Django is closed: beside the setting for all origins, a list means nothing', async () => {
  const open = always(response(200, { 'access-control-allow-origin': '*' }));
  const change = await changeOf(open, { credentials: true, server: 'django' });
  expect(change?.code).toEqual([
    '# pip install django-cors-headers; at the end of settings.py, your other CORS_ settings stay',
    'CORS_ALLOW_ALL_ORIGINS = False',
    "CORS_ALLOWED_ORIGINS = ['https://app.example.com']  # and your others",
    'CORS_ALLOW_CREDENTIALS = True',
  ]);
});

/** A call in printed code, as the value of its argument. */
function argumentOf(code: readonly string[], call: string): unknown {
  const start = code.findIndex((line) => line.startsWith(`${call}(`));
  if (start < 0) return undefined;
  const text = code.slice(start, call.startsWith('@') ? start + 1 : undefined).join('\n');
  // It is read as those read it who paste it into their code.
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function('take', `return take${text.slice(call.length)}`)((value: unknown) => value);
}

it('nothing that is printed for this library is refused at startup', async () => {
  const origins = [
    PAGE,
    'http://localhost:3000',
    'http://192.168.0.7:8080',
    'http://shop.example.com',
    'https://team.github.io',
    'capacitor://localhost',
    'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
  ];
  const headers = fc.record(
    {
      'access-control-allow-origin': fc.constantFrom(
        '*',
        'null',
        'false',
        'www.example.com',
        'https://b.test, https://c.test',
        ...origins,
      ),
      'access-control-allow-credentials': fc.constantFrom('true', 'yes'),
      'access-control-allow-methods': fc.constantFrom('*', 'GET', 'get, TRACE', "it's, PUT"),
      'access-control-allow-headers': fc.constantFrom('*', 'x-a', 'x-app-*, Cookie', 'a b'),
      vary: fc.constant('Origin'),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...origins),
      fc.constantFrom('GET', 'PUT', 'PATCH', 'QUERY'),
      fc.subarray(['x-a', 'authorization', 'content-type']),
      fc.boolean(),
      fc.constantFrom(200, 204, 401, 404),
      headers,
      async (origin, method, names, credentials, status, sent) => {
        const request = {
          origin,
          method,
          headers: names.map((name) => [name, 'application/json'] as const),
          credentials,
          server: 'nestjs-cors' as const,
        };
        const change = await changeOf(always(response(status, sent)), request);
        if (change === null || change.for === 'page') return;
        const options = argumentOf(change.code, 'CorsModule.forRoot');
        const override = argumentOf(change.code, '@Cors');
        const before = { origin: 'https://mine.test' };
        expect(issuesOf(options)).toEqual([]);
        expect(issuesOf(before, handlerOf(NONE, override ?? NONE))).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});
