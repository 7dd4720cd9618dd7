import type {
  BrowserName,
  ReceivedResponse,
  SimulateOptions,
} from '../../../../lib/browser/index.js';
import { network, response, visit } from '../network.js';

const ACAO = 'access-control-allow-origin';
const page = 'https://app.example.com';
const api = 'https://api.example.com/x';

type Options = Partial<Omit<SimulateOptions, 'send' | 'browser'>>;

const put: Options = { method: 'PUT' };
const credentialed: Options = { credentials: true };

/** What leads to a message, by a name of its own. */
const scenarios: Readonly<
  Record<string, readonly [ReceivedResponse | Error, Options] | readonly [ReceivedResponse | Error]>
> = {
  'missing, preflight': [response(404), put],
  'missing, response': [response(500)],
  'missing, redirect': [response(302, { location: '/y' })],
  'two lines': [response(200, { [ACAO]: ['*', page] })],
  'a list': [response(200, { [ACAO]: `${page},https://b.test` })],
  'a space': [response(200, { [ACAO]: `${page} https://b.test` })],
  'no origin': [response(200, { [ACAO]: 'app.example.com' })],
  'another origin': [response(200, { [ACAO]: 'https://b.test' })],
  'control character': [response(200, { [ACAO]: 'https://b.test/\u001b[31m' })],
  'another origin, preflight': [response(204, { [ACAO]: 'https://b.test' }), put],
  '* with credentials': [response(200, { [ACAO]: '*' }), credentialed],
  'credentials not true': [response(200, { [ACAO]: page }), credentialed],
  status: [response(401, { [ACAO]: '*' }), put],
  'redirect, preflight': [response(307, { [ACAO]: '*', location: '/y' }), put],
  'methods grammar': [response(204, { [ACAO]: '*', 'access-control-allow-methods': 'a b' }), put],
  'headers grammar': [
    response(204, { [ACAO]: '*', 'access-control-allow-headers': 'a/b' }),
    { headers: { 'x-a': '1' } },
  ],
  method: [response(204, { [ACAO]: '*' }), put],
  header: [response(204, { [ACAO]: '*' }), { headers: { 'X-B': '1', 'X-A': '1' } }],
  'user info': [response(302, { [ACAO]: '*', location: 'https://u:p@b.test/' })],
  scheme: [response(200), { url: 'ftp://b.test/' }],
  'scheme, redirect': [response(302, { [ACAO]: '*', location: 'ftp://b.test/' })],
  'data, redirect': [response(302, { [ACAO]: '*', location: 'data:,x' })],
  mode: [response(200), { mode: 'same-origin' }],
  'mode, redirect': [response(302, { location: api }), { mode: 'same-origin', url: `${page}/x` }],
  'redirect mode': [response(302, { [ACAO]: '*', location: '/y' }), { redirect: 'error' }],
  network: [new Error('ECONNREFUSED')],
  'bad port': [response(200), { url: 'https://api.example.com:6000/' }],
  'forbidden method': [response(200), { method: 'TRACE' }],
};

async function messageOf(name: string, browser: BrowserName) {
  const [answer, options = {}] = scenarios[name] ?? [];
  if (answer === undefined) throw new Error(`there is no ${name}`);
  const { message } = await visit({ ...options, browser, send: network(answer).send });
  return message;
}

describe('Chromium', () => {
  const access = `Access to fetch at '${api}' from origin '${page}' has been blocked by CORS policy: `;
  const preflight = `${access}Response to preflight request doesn't pass access control check: `;
  const schemes =
    'chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app';
  const hint = ' Have the server send the header with a valid value.';

  it.each([
    [
      'missing, preflight',
      `${preflight}No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    ],
    [
      'missing, response',
      `${access}No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    ],
    [
      'missing, redirect',
      `${access}No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    ],
    [
      'two lines',
      `${access}The 'Access-Control-Allow-Origin' header contains multiple values '*, ${page}', but only one is allowed.${hint}`,
    ],
    [
      'a list',
      `${access}The 'Access-Control-Allow-Origin' header contains multiple values '${page},https://b.test', but only one is allowed.${hint}`,
    ],
    [
      'no origin',
      `${access}The 'Access-Control-Allow-Origin' header contains the invalid value 'app.example.com'.${hint}`,
    ],
    [
      'another origin',
      `${access}The 'Access-Control-Allow-Origin' header has a value 'https://b.test' that is not equal to the supplied origin.${hint}`,
    ],
    [
      'control character',
      `${access}The 'Access-Control-Allow-Origin' header has a value 'https://b.test/\\u001B[31m' that is not equal to the supplied origin.${hint}`,
    ],
    [
      'another origin, preflight',
      `${preflight}The 'Access-Control-Allow-Origin' header has a value 'https://b.test' that is not equal to the supplied origin.${hint}`,
    ],
    [
      '* with credentials',
      `${access}The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.`,
    ],
    [
      'credentials not true',
      `${access}The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.`,
    ],
    ['status', `${preflight}It does not have HTTP ok status.`],
    ['redirect, preflight', `${preflight}Redirect is not allowed for a preflight request.`],
    [
      'methods grammar',
      `${access}Cannot parse Access-Control-Allow-Methods response header field in preflight response.`,
    ],
    [
      'headers grammar',
      `${access}Cannot parse Access-Control-Allow-Headers response header field in preflight response.`,
    ],
    [
      'method',
      `${access}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
    ],
    [
      'header',
      `${access}Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.`,
    ],
    [
      'user info',
      `${access}Redirect location '' contains a username and password, which is disallowed for cross-origin requests.`,
    ],
    [
      'scheme',
      `Access to fetch at 'ftp://b.test/' from origin '${page}' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: ${schemes}.`,
    ],
    [
      'scheme, redirect',
      `Access to fetch at 'ftp://b.test/' (redirected from '${api}') from origin '${page}' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: ${schemes}.`,
    ],
    ['data, redirect', null],
    [
      'mode',
      `Fetch API cannot load ${api}. Request mode is "same-origin" but the URL's origin is not same as the request origin ${page}.`,
    ],
    ['mode, redirect', null],
    ['redirect mode', null],
    ['network', null],
    ['bad port', null],
    ['forbidden method', null],
  ])('%s', async (name, message) => {
    expect(await messageOf(name, 'chromium')).toBe(message);
  });

  it('tells where a redirected request began, and the origin of the page', async () => {
    const hop = response(302, { [ACAO]: '*', location: 'https://b.test/' });
    const { message } = await visit({ send: network(hop, response(200)).send });
    expect(message).toBe(
      `Access to fetch at 'https://b.test/' (redirected from '${api}') from origin '${page}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    );
  });
});

describe('Firefox', () => {
  const frame =
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at';
  const blocked = `${frame} ${api}. (Reason: `;

  it.each([
    [
      'missing, preflight',
      `${blocked}CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 404.`,
    ],
    [
      'missing, response',
      `${blocked}CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 500.`,
    ],
    [
      'missing, redirect',
      `${blocked}CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 302.`,
    ],
    ['two lines', `${blocked}Multiple CORS header ‘Access-Control-Allow-Origin’ not allowed).`],
    [
      'a list',
      `${blocked}CORS header ‘Access-Control-Allow-Origin’ does not match ‘${page},https://b.test’).`,
    ],
    [
      'no origin',
      `${blocked}CORS header ‘Access-Control-Allow-Origin’ does not match ‘app.example.com’).`,
    ],
    [
      'another origin',
      `${blocked}CORS header ‘Access-Control-Allow-Origin’ does not match ‘https://b.test’).`,
    ],
    [
      '* with credentials',
      `${frame} ‘${api}’. (Reason: Credential is not supported if the CORS header ‘Access-Control-Allow-Origin’ is ‘*’).`,
    ],
    [
      'credentials not true',
      `${blocked}expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).`,
    ],
    ['status', `${blocked}CORS preflight response did not succeed). Status code: 401.`],
    ['redirect, preflight', `${blocked}CORS request external redirect not allowed).`],
    [
      'methods grammar',
      `${blocked}invalid token ‘a b’ in CORS header ‘Access-Control-Allow-Methods’).`,
    ],
    [
      'headers grammar',
      `${blocked}invalid token ‘a/b’ in CORS header ‘Access-Control-Allow-Headers’).`,
    ],
    ['method', `${blocked}Did not find method in CORS header ‘Access-Control-Allow-Methods’).`],
    [
      'header',
      `${blocked}header ‘x-a’ is not allowed according to header ‘Access-Control-Allow-Headers’ from CORS preflight response).`,
    ],
    ['user info', null],
    ['scheme', `${frame} ftp://b.test/. (Reason: CORS request not http).`],
    ['mode', null],
    ['network', `${blocked}CORS request did not succeed). Status code: (null).`],
  ])('%s', async (name, message) => {
    expect(await messageOf(name, 'firefox')).toBe(message);
  });
});

describe('Safari', () => {
  const load = `\nFetch API cannot load ${api} due to access control checks.`;

  it.each([
    ['missing, preflight', `Preflight response is not successful. Status code: 404${load}`],
    [
      'missing, response',
      `Origin ${page} is not allowed by Access-Control-Allow-Origin. Status code: 500${load}`,
    ],
    [
      'missing, redirect',
      `Cross-origin redirection to https://api.example.com/y denied by Cross-Origin Resource Sharing policy: Origin ${page} is not allowed by Access-Control-Allow-Origin. Status code: 302${load}`,
    ],
    ['two lines', `Access-Control-Allow-Origin cannot contain more than one origin.${load}`],
    ['a list', `Access-Control-Allow-Origin cannot contain more than one origin.${load}`],
    [
      'a space',
      `Origin ${page} is not allowed by Access-Control-Allow-Origin. Status code: 200${load}`,
    ],
    [
      'another origin',
      `Origin ${page} is not allowed by Access-Control-Allow-Origin. Status code: 200${load}`,
    ],
    [
      '* with credentials',
      `Cannot use wildcard in Access-Control-Allow-Origin when credentials flag is true.${load}`,
    ],
    [
      'credentials not true',
      `Credentials flag is true, but Access-Control-Allow-Credentials is not "true".${load}`,
    ],
    ['status', `Preflight response is not successful. Status code: 401${load}`],
    ['redirect, preflight', `Preflight response is not successful. Status code: 307${load}`],
    ['methods grammar', `Header Access-Control-Allow-Methods has an invalid value: a b${load}`],
    ['headers grammar', `Header Access-Control-Allow-Headers has an invalid value: a/b${load}`],
    ['method', `Method PUT is not allowed by Access-Control-Allow-Methods.${load}`],
    ['header', `Request header field X-B is not allowed by Access-Control-Allow-Headers.${load}`],
    [
      'user info',
      `Cross-origin redirection to https://u:p@b.test/ denied by Cross-Origin Resource Sharing policy: redirection URL https://u:p@b.test/ has credentials${load}`,
    ],
    [
      'scheme, redirect',
      `Cross-origin redirection to ftp://b.test/ denied by Cross-Origin Resource Sharing policy: not allowed to follow a cross-origin CORS redirection with non CORS scheme${load}`,
    ],
    ['scheme', null],
    ['redirect mode', `Not allowed to follow a redirection while loading ${api}${load}`],
    ['network', `Fetch API cannot load ${api} due to access control checks.`],
  ])('%s', async (name, message) => {
    expect(await messageOf(name, 'safari')).toBe(message);
  });

  it('gives up after 20 redirects, and sees the tainted origin', async () => {
    const loop = response(302, { [ACAO]: '*', location: '/x' });
    const many = network(...Array.from({ length: 21 }, () => loop));
    expect((await visit({ browser: 'safari', send: many.send })).message).toBe(
      `Load cannot follow more than 20 redirections${load}`,
    );
    const away = response(302, { [ACAO]: '*', location: 'https://b.test/' });
    const { message } = await visit({ browser: 'safari', send: network(away, response(200)).send });
    expect(message).toBe(
      'Origin null is not allowed by Access-Control-Allow-Origin. Status code: 200\nFetch API cannot load https://b.test/ due to access control checks.',
    );
  });
});
