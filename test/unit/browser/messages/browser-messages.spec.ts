import { prepareRequest } from '../../../../lib/browser/fetch/prepare-request.js';
import { Journal } from '../../../../lib/browser/fetch/user-agent.js';
import { browserMessages, type BrowserName } from '../../../../lib/browser/index.js';
import { valuesOf } from '../../../../lib/browser/messages/browser-messages.js';
import { templateParts } from '../../../../lib/browser/messages/message-template.js';
import { BROWSER_NAMES } from '../../../../lib/browser/simulation.js';
import { network, response, visit } from '../network.js';
import { SCENARIO_NAMES, type ScenarioName, visitIn } from '../scenarios.js';

const ACAO = 'access-control-allow-origin';
const page = 'https://app.example.com';
const api = 'https://api.example.com/x';

async function messageOf(name: ScenarioName, browser: BrowserName) {
  return (await visitIn(name, browser)).message;
}

describe('Chromium', () => {
  const access = `Access to fetch at '${api}' from origin '${page}' has been blocked by CORS policy: `;
  const preflight = `${access}Response to preflight request doesn't pass access control check: `;
  const schemes =
    'chrome, chrome-experimental-site-token-provider, chrome-extension, chrome-untrusted, data, http, https, isolated-app';
  const hint = ' Have the server send the header with a valid value.';

  it.each<[ScenarioName, string | null]>([
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
    [
      'mixed content',
      `Mixed Content: The page at '${page}/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/x'. This request has been blocked; the content must be served over HTTPS.`,
    ],
    [
      'mixed content, image',
      `Mixed Content: The page at '${page}/' was loaded over HTTPS, but requested an insecure image 'http://203.0.113.7/x.png'. This request has been blocked; the content must be served over HTTPS.`,
    ],
    ['same-origin resource', `GET ${api} net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin`],
    [
      'same-site resource',
      'GET https://cdn.example.net/x net::ERR_BLOCKED_BY_RESPONSE.NotSameSite',
    ],
    [
      'no resource policy',
      `GET ${api} net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep`,
    ],
    ['JSON for an image', `GET ${api} net::ERR_BLOCKED_BY_ORB`],
    [
      'local network denied',
      `${access}Permission was denied for this request to access the \`loopback\` address space.`,
    ],
    [
      'local network denied, redirect',
      `Access to fetch at 'https://localhost/y' (redirected from '${api}') from origin '${page}' has been blocked by CORS policy: Permission was denied for this request to access the \`loopback\` address space.`,
    ],
    [
      'local network, insecure page',
      `Access to fetch at '${api}' from origin 'http://app.example.com' has been blocked by CORS policy: The request client is not a secure context and the resource is in more-private address space \`loopback\`.`,
    ],
    [
      'local network, wrong space',
      `${access}Request had a target IP address space of \`local\` yet the resource is in address space \`loopback\`.`,
    ],
  ])('%s', async (name, message) => {
    expect(await messageOf(name, 'chromium')).toBe(message);
  });

  it('names where a redirected request began, and the origin of the page', async () => {
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

  it.each<[ScenarioName, string | null]>([
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
    ['mixed content', 'Blocked loading mixed active content “http://api.example.com/x”'],
    ['mixed content, image', 'Blocked loading mixed display content “http://203.0.113.7/x.png”'],
    [
      'same-origin resource',
      `The resource at “${api}” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof). See https://developer.mozilla.org/docs/Web/HTTP/Cross-Origin_Resource_Policy_(CORP)#`,
    ],
    [
      'JSON for an image',
      `The resource at “${api}” was blocked by OpaqueResponseBlocking. Reason: “Javascript validation failed”.`,
    ],
    ['local network denied', null],
  ])('%s', async (name, message) => {
    expect(await messageOf(name, 'firefox')).toBe(message);
  });
});

describe('Safari', () => {
  const load = `\nFetch API cannot load ${api} due to access control checks.`;

  it.each<[ScenarioName, string | null]>([
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
    [
      'mixed content',
      `[blocked] The page at ${page}/ requested insecure content from http://api.example.com/x. This content was blocked and must be served over HTTPS.`,
    ],
    [
      'same-origin resource',
      `Cancelled load to ${api} because it violates the resource's Cross-Origin-Resource-Policy response header.${load}`,
    ],
    [
      'same-origin resource, redirect',
      `Cancelled load to ${api} because it violates the resource's Cross-Origin-Resource-Policy response header.\nCannot load image ${api} due to access control checks.`,
    ],
    ['JSON for an image', null],
    ['local network denied', null],
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

/** Matches a whole message, whatever its values. */
function printed(template: string): RegExp {
  const pattern = templateParts(template)
    .map((part) => ('text' in part ? part.text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : '.*'))
    .join('');
  return new RegExp(`^${pattern}$`);
}

describe.each(BROWSER_NAMES)('the messages of %s', (browser) => {
  const messages = browserMessages[browser].filter(({ recognisedOnly }) => recognisedOnly !== true);

  it('all appear: none is hidden by an earlier one of the same check', async () => {
    const seen = await Promise.all(SCENARIO_NAMES.map((name) => messageOf(name, browser)));
    const never = messages.filter(
      ({ text }) => !seen.some((message) => message !== null && printed(text).test(message)),
    );
    expect(never.map(({ text }) => text)).toEqual([]);
  });

  it('have no placeholder without a value', () => {
    const { request } = prepareRequest(
      { pageOrigin: page, url: api, send: network().send },
      { browser, journal: new Journal() },
    );
    const failure = { check: 'NETWORK', details: {} } as const;
    const values = valuesOf({ failure, at: 'request', request, status: null }, browser);
    const unknown = browserMessages[browser].flatMap(({ text, reason }) =>
      [text, reason].flatMap(templateParts).flatMap((part) => {
        return 'text' in part || part.name in values ? [] : [`${part.name} in ${text}`];
      }),
    );
    expect(unknown).toEqual([]);
  });
});
