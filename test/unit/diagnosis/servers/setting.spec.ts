import type { CheckRequest } from '../../../../lib/diagnosis/check-request.js';
import type { Setting } from '../../../../lib/diagnosis/servers/server.js';
import { response } from '../../browser/network.js';
import { PAGE } from '../check-arguments.js';
import { always, settingOf } from './change-of.js';

const USUAL = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const ALLOWED = { 'access-control-allow-origin': PAGE };
const SILENT: Setting = {
  origins: [PAGE],
  credentials: false,
  methods: USUAL,
  allowedHeaders: ['content-type', 'authorization'],
  wrong: 'origin',
  listsMethods: false,
  listsHeaders: false,
  wasOpen: false,
  silent: true,
  guarded: false,
  path: '/orders/1',
};
const SEEN = { ...SILENT, silent: false };

type Row = readonly [
  what: string,
  Parameters<typeof response>,
  Partial<CheckRequest>,
  Setting | null,
];

it.each<Row>([
  ['has the methods and headers that people use, not the GET that was tried', [200], {}, SILENT],
  [
    'has the method and the headers of the request',
    [404],
    { method: 'QUERY', headers: [['X-B', '1']], credentials: true },
    {
      ...SILENT,
      credentials: true,
      methods: [...USUAL, 'QUERY'],
      allowedHeaders: ['content-type', 'authorization', 'x-b'],
    },
  ],
  [
    'keeps the origin that the server names',
    [200, { 'access-control-allow-origin': 'https://b.test' }],
    {},
    { ...SEEN, origins: [PAGE, 'https://b.test'] },
  ],
  [
    'keeps credentials that the server allows already',
    [
      200,
      {
        'access-control-allow-origin': 'https://b.test',
        'access-control-allow-credentials': 'true',
      },
    ],
    {},
    { ...SEEN, origins: [PAGE, 'https://b.test'], credentials: true },
  ],
  [
    'takes apart a list in one line',
    [200, { 'access-control-allow-origin': `https://b.test, ${PAGE}` }],
    {},
    { ...SEEN, origins: [PAGE, 'https://b.test'] },
  ],
  [
    'does not take over what is not an origin',
    [200, { 'access-control-allow-origin': 'null' }],
    {},
    SEEN,
  ],
  [
    'leaves a server open that is open, without credentials',
    [204, { 'access-control-allow-origin': '*', 'access-control-allow-credentials': 'true' }],
    { method: 'PUT' },
    { ...SEEN, origins: ['*'], wrong: 'methods', listsMethods: true },
  ],
  [
    'closes an open server for credentials',
    [200, { 'access-control-allow-origin': '*' }],
    { credentials: true },
    { ...SEEN, credentials: true, wasOpen: true },
  ],
  [
    'adds a method to those that are listed',
    [204, { ...ALLOWED, 'access-control-allow-methods': 'GET, *, TRACE, OPTIONS' }],
    { method: 'PUT', credentials: true },
    {
      ...SEEN,
      credentials: true,
      wrong: 'credentials',
      methods: ['GET', 'OPTIONS', 'PUT'],
      listsMethods: true,
    },
  ],
  [
    'adds headers to those that are listed, in lower case',
    [204, { ...ALLOWED, 'access-control-allow-headers': 'X-A, x-app-*' }],
    {
      headers: [
        ['x-c', '1'],
        ['x-a', '1'],
      ],
    },
    { ...SEEN, wrong: 'headers', allowedHeaders: ['x-a', 'x-c'], listsHeaders: true },
  ],
  [
    'sees ahead: a list that lacks something is named although the origin is what is wrong',
    [
      204,
      {
        vary: 'Origin',
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': 'x-a',
      },
    ],
    { method: 'PUT', headers: [['x-b', '1']] },
    {
      ...SEEN,
      methods: ['GET', 'PUT'],
      allowedHeaders: ['x-a', 'x-b'],
      listsMethods: true,
      listsHeaders: true,
    },
  ],
  [
    'does not repeat what a list has that cannot be read',
    [204, { ...ALLOWED, 'access-control-allow-headers': 'x-a x-b, x-c' }],
    { headers: [['x-c', '1']] },
    { ...SEEN, wrong: 'headers', allowedHeaders: ['x-c'], listsHeaders: true },
  ],
  [
    'knows authentication',
    [401, ALLOWED],
    { method: 'PUT' },
    { ...SEEN, wrong: 'preflight', guarded: true },
  ],
  [
    'knows the redirect to a login',
    [302, { location: 'https://id.test/login' }],
    { method: 'PUT' },
    { ...SILENT, wrong: 'preflight', guarded: true },
  ],
  [
    'is nothing where a redirect leads elsewhere',
    [301, { location: '/orders/1/' }],
    { method: 'PUT' },
    null,
  ],
  [
    'is nothing for an opaque origin: allowing `null` lets every frame in',
    [200],
    { origin: 'null' },
    null,
  ],
  ['is nothing for a method that some language would read as code', [404], { method: 'a$b' }, null],
  ['is nothing for such a header', [404], { headers: [["x'y", '1']] }, null],
  ['is nothing where the server fails', [500], {}, null],
  ['is nothing where nothing is wrong', [200, ALLOWED], {}, null],
])('%s', async (_, answer, request, setting) => {
  expect(await settingOf(always(response(...answer)), request)).toEqual(setting);
});

it('does not trust that the method is known where a message does not name it', async () => {
  const answer = response(204, { vary: 'Origin', 'access-control-allow-methods': 'GET' });
  const setting = await settingOf(always(answer), {
    methodKnown: false,
    forcePreflight: true,
  });
  expect(setting?.methods).toEqual(USUAL);
});
