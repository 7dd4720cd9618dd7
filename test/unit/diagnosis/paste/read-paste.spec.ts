import { readHar } from '../../../../lib/diagnosis/paste/har.js';
import { MAX_PASTE, readPaste } from '../../../../lib/diagnosis/paste/read-paste.js';

const URL_ASKED = 'https://api.example.com/orders';
const PAGE = 'https://app.example.com';
const JSON_TYPE = ['content-type', 'application/json'] as const;
const asked = { url: URL_ASKED, origin: PAGE, method: 'PUT', headers: [JSON_TYPE] };

describe('readPaste reads a request', () => {
  it.each([
    [
      'curl for bash',
      `curl '${URL_ASKED}' \\\n  -X 'PUT' \\\n  -H 'accept: */*' \\\n  -H 'content-type: application/json' \\\n  -H 'origin: ${PAGE}' \\\n  -b 'sid=secret' \\\n  --data-raw $'{"a":"it\\'s"}'`,
      { form: 'curl', credentials: true, ...asked },
    ],
    [
      'curl for cmd',
      `curl ^"${URL_ASKED}^" ^\r\n  -X ^"PUT^" ^\r\n  -H ^"content-type: application/json^" ^\r\n  -H ^"origin: ${PAGE}^" ^\r\n  --data-raw ^"^{^}^"`,
      { form: 'curl', ...asked },
    ],
    [
      'curl as typed, after a prompt',
      `$ curl -i -XPUT -H "Origin: ${PAGE}" -H "content-type: application/json" ${URL_ASKED} | head`,
      { form: 'curl', ...asked },
    ],
    [
      'half a curl line',
      `curl '${URL_ASKED}' -X PUT -H 'origin: ${PAGE}' -H 'content-type: application/json' -H 'x-a: b`,
      { form: 'curl', ...asked, headers: [JSON_TYPE, ['x-a', 'b']] },
    ],
    [
      'fetch of the browser',
      `fetch("${URL_ASKED}", {\n  "headers": { "accept": "*/*", "content-type": "application/json" },\n  "referrer": "${PAGE}/cart",\n  "body": "{}",\n  "method": "PUT",\n  "mode": "cors",\n  "credentials": "include"\n});`,
      { form: 'fetch', credentials: true, ...asked },
    ],
    [
      'fetch written by hand',
      `await fetch('${URL_ASKED}', { method: 'PUT', headers: { 'content-type': 'application/json' }, credentials: 'omit', body });`,
      {
        form: 'fetch',
        url: URL_ASKED,
        method: 'PUT',
        headers: [JSON_TYPE],
        credentials: false,
      },
    ],
    [
      'General and headers of the developer tools',
      `Request URL\n${URL_ASKED}\nRequest Method\nPUT\nStatus Code\n403 Forbidden\nResponse Headers\nvary: Origin\nRequest Headers\norigin: ${PAGE}\ncontent-type: application/json`,
      {
        form: 'headers',
        ...asked,
        responses: [{ url: URL_ASKED, method: 'PUT', status: 403, headers: [['vary', 'Origin']] }],
      },
    ],
    [
      'a block of response headers',
      'HTTP/1.1 200 OK\r\nAccess-Control-Allow-Origin: *\r\nContent-Type: text/html',
      {
        form: 'headers',
        headers: [],
        responses: [
          {
            status: 200,
            headers: [
              ['Access-Control-Allow-Origin', '*'],
              ['Content-Type', 'text/html'],
            ],
          },
        ],
      },
    ],
    [
      'curl of a preflight: what the page asked for',
      `curl -sSX OPTIONS '${URL_ASKED}' -H 'Origin: ${PAGE}' -H 'Access-Control-Request-Method: PUT' -H 'Access-Control-Request-Headers: content-type'`,
      { form: 'curl', ...asked, forcePreflight: true },
    ],
    [
      'curl with its output, after redirects',
      `curl -iLXPUT ${URL_ASKED} -H 'content-type: application/json' -H 'origin: ${PAGE}'\nHTTP/1.1 307 Temporary Redirect\nLocation: /new\n\nHTTP/2 200\nvary: Origin\n`,
      {
        form: 'curl',
        ...asked,
        responses: [
          { url: URL_ASKED, method: 'PUT', status: 307, headers: [['Location', '/new']] },
          {
            url: 'https://api.example.com/new',
            method: 'PUT',
            status: 200,
            headers: [['vary', 'Origin']],
          },
        ],
      },
    ],
    [
      'curl with the options that say nothing',
      `curl -sSLk -o /dev/null -w '%{http_code}' --compressed -G -d 'a=b' ${URL_ASKED} -H 'origin: ${PAGE}'`,
      { form: 'curl', url: URL_ASKED, origin: PAGE, method: 'GET', headers: [] },
    ],
    [
      'a preflight and its request, both from the developer tools',
      `Request URL: ${URL_ASKED}\nRequest Method: OPTIONS\nStatus Code: 204\naccess-control-allow-origin: *\norigin: ${PAGE}\naccess-control-request-method: PUT\n\nRequest URL: ${URL_ASKED}\nRequest Method: PUT\nStatus Code: 500\ncontent-length: 0\nRequest Headers\ncontent-type: application/json`,
      {
        form: 'headers',
        ...asked,
        responses: [
          {
            url: URL_ASKED,
            method: 'OPTIONS',
            status: 204,
            headers: [['access-control-allow-origin', '*']],
          },
          { url: URL_ASKED, method: 'PUT', status: 500, headers: [['content-length', '0']] },
        ],
      },
    ],
    [
      'the summary of Safari',
      `Summary\nURL: ${URL_ASKED}\nStatus: 200 OK\nSource: Network\nAddress: 127.0.0.1:443\n\nRequest\nPUT /orders HTTP/1.1\nOrigin: ${PAGE}\nContent-Type: application/json\n\nResponse\nHTTP/1.1 200 OK\nVary: Origin`,
      {
        form: 'headers',
        ...asked,
        headers: [['Content-Type', 'application/json']],
        responses: [{ url: URL_ASKED, method: 'PUT', status: 200, headers: [['Vary', 'Origin']] }],
      },
    ],
    [
      'the lines of HTTP/1, of a preflight',
      `OPTIONS /orders HTTP/1.1\nHost: api.example.com\nOrigin: ${PAGE}\nAccess-Control-Request-Method: PUT\nAccess-Control-Request-Headers: content-type\n\nHTTP/1.1 200 OK\nVary: Origin`,
      {
        form: 'headers',
        ...asked,
        forcePreflight: true,
        responses: [
          { url: URL_ASKED, method: 'OPTIONS', status: 200, headers: [['Vary', 'Origin']] },
        ],
      },
    ],
    [
      'the pseudo-headers of HTTP/2',
      `:authority: api.example.com\n:method: PUT\n:path: /orders\n:scheme: https\norigin: ${PAGE}\ncontent-type: application/json\nHTTP/2 403\nserver: x`,
      {
        form: 'headers',
        ...asked,
        responses: [{ url: URL_ASKED, method: 'PUT', status: 403, headers: [['server', 'x']] }],
      },
    ],
  ])('%s', (_, text, expected) => {
    expect(readPaste(text)).toEqual(expected);
  });

  it.each(['', 'hello', 'TypeError: x is not a function', '\u001b[2J\u0000', 'curl', 'a: b'])(
    'and nothing in %j',
    (text) => {
      expect(readPaste(text)).toBeNull();
    },
  );
});

describe('readPaste reads a message', () => {
  const says = (check: string) => ({ identified: { checks: [check] }, url: URL_ASKED });

  it.each([
    [
      'without quotes, in wrapped lines',
      `Access to fetch at ${URL_ASKED} from origin ${PAGE} has been blocked\n   by CORS policy: No Access-Control-Allow-Origin header is\n   present on the requested resource.`,
      { ...says('ACAO_MISSING'), origin: PAGE },
    ],
    [
      'French',
      `Blocage d’une requête multiorigine (Cross-Origin Request) : la politique « Same Origin » ne permet pas de consulter la ressource distante située sur ${URL_ASKED}. Raison : l’en-tête CORS « Access-Control-Allow-Origin » ne correspond pas à « https://b.test ».`,
      says('ACAO_MISMATCH'),
    ],
    [
      'Japanese',
      `クロスオリジン要求をブロックしました: 同一生成元ポリシーにより、${URL_ASKED} にあるリモートリソースの読み込みは拒否されます (理由: CORS ヘッダー 'Access-Control-Allow-Methods' にメソッドが見つからない)。`,
      says('METHOD'),
    ],
    [
      'Internet Explorer',
      'SEC7123: Request header x-token was not present in the Access-Control-Allow-Headers list.',
      { identified: { checks: ['HEADER'] }, headers: [['x-token', '"1"']] },
    ],
  ])('%s', (_, text, expected) => {
    expect(readPaste(text)).toMatchObject(expected);
  });

  it.each<[string, string, object]>([
    [
      'with the line of the failed request, which names the method and the status',
      `api.ts:7 Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.\napi.ts:7 POST ${URL_ASKED} net::ERR_FAILED 502 (Bad Gateway)`,
      { ...says('ACAO_MISSING'), method: 'POST', status: 502 },
    ],
    [
      'with the line of another request',
      `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: It does not have HTTP ok status.\nPOST ${URL_ASKED}/2 net::ERR_FAILED`,
      { url: URL_ASKED, origin: PAGE },
    ],
    [
      'of Firefox with its request and a time',
      `16:01:02.123 XHRPOST${URL_ASKED}\n16:01:02.200 Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${URL_ASKED}. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 500.`,
      { ...says('ACAO_MISSING'), method: 'POST', status: 500 },
    ],
    [
      'of a redirect, as Chromium worded it',
      `Redirect from '${URL_ASKED}' to 'https://other.example.com/x' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '${PAGE}' is therefore not allowed access.`,
      { ...says('ACAO_MISSING'), origin: PAGE },
    ],
    [
      'with an address in place of the origin',
      `Access to fetch at '${URL_ASKED}' from origin '${PAGE}/cart' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
      { ...says('ACAO_MISSING'), origin: PAGE },
    ],
    [
      'about an image, which is a GET',
      `Access to image at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
      { ...says('ACAO_MISSING'), element: 'image', method: 'GET' },
    ],
    [
      'of Internet Explorer by its number',
      `SEC7118: XMLHttpRequest for ${URL_ASKED} required Cross Origin Resource Sharing (CORS).\nSCRIPT7002: XMLHttpRequest: Network Error 0x80070005, Access is denied.`,
      {
        url: URL_ASKED,
        writer: 'Internet Explorer or an early Edge',
        identified: { checks: ['ACAO_MISSING', 'ACAO_MISMATCH'] },
      },
    ],
    [
      'of a font in Firefox',
      `downloadable font: download failed (font-family: "I" style:normal src index:1): bad URI or cross-site access not allowed source: ${URL_ASKED}`,
      says('ACAO_MISSING'),
    ],
    [
      'by the key of Firefox',
      'Reason: CORSMissingAllowCredentials',
      { identified: { checks: ['ACAC_NOT_TRUE'] } },
    ],
    [
      'by the words of its network panel',
      'CORS Missing Allow Origin',
      { identified: { checks: ['ACAO_MISSING'] } },
    ],
    [
      'by the key of Chromium',
      'CORS error: PreflightMissingAllowOriginHeader',
      { identified: { checks: ['ACAO_MISSING'], at: ['preflight'] }, forcePreflight: true },
    ],
    [
      'German, of a failed preflight',
      `Quellübergreifende (Cross-Origin) Anfrage blockiert: Die Gleiche-Quelle-Regel verbietet das Lesen der externen Ressource auf ${URL_ASKED}. (Grund: CORS-Preflight-Antwort war nicht erfolgreich). Statuscode: 404.`,
      { ...says('PREFLIGHT_STATUS'), forcePreflight: true },
    ],
    [
      'Russian, without a response',
      `Запрос из постороннего источника заблокирован: Политика одного источника запрещает чтение удаленного ресурса на ${URL_ASKED}. (Причина: не удалось выполнить запрос CORS). Код состояния: (null).`,
      says('NETWORK'),
    ],
  ])('%s', (_, text, expected) => {
    expect(readPaste(text)).toMatchObject(expected);
  });

  const whole = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;

  it.each([
    ['escaped for HTML', whole.replaceAll("'", '&#39;')],
    ['in the colours of a terminal', `\u001b[31m${whole}\u001b[39m`],
    ['with spaces that do not break', whole.replaceAll(' ', '\u00a0')],
    ['with invisible characters', whole.replaceAll('/', '/\u200b')],
    ['in acute accents', whole.replaceAll("'", '´')],
    ['in quotation marks', whole.replaceAll("'", '"')],
    ['in a quotation', `> ${whole}`],
    ['in Markdown', `\`\`\`\n${whole}\n\`\`\``],
  ])('%s', (_, text) => {
    expect(readPaste(text)).toMatchObject({ ...says('ACAO_MISSING'), origin: PAGE });
  });

  it.each([
    ['No access-control-allow-origin header on the response', 'ACAO_MISSING'],
    ["Response to preflight request doesn't pass access control check", 'ACAO_MISSING'],
    ['Access-Control-Allow-Origin must not be the wildcard', 'ACAO_WILDCARD_CREDENTIALS'],
    ['response to preflight does not have http ok status', 'PREFLIGHT_STATUS'],
    ['Redirect is not allowed for a preflight request', 'PREFLIGHT_REDIRECT'],
    ['request header field x-token is not allowed', 'HEADER'],
    ['method DELETE is not allowed by Access-Control-Allow-Methods', 'METHOD'],
  ])('as people repeat it: %s', (text, check) => {
    expect(readPaste(text)?.identified?.checks[0]).toBe(check);
  });

  it('that is cut off, for what it names', () => {
    expect(readPaste(whole.slice(0, whole.indexOf('No ') + 12))).toMatchObject({
      url: URL_ASKED,
      origin: PAGE,
    });
  });

  it('in words that are not known, for what it names', () => {
    expect(
      readPaste(
        `Image from origin '${PAGE}' was blocked by Cross-Origin Resource Sharing policy: ${URL_ASKED}`,
      ),
    ).toEqual({ form: 'console', url: URL_ASKED, origin: PAGE, headers: [] });
    expect(
      readPaste(
        `Font from origin 'https://cdn.example.com' has been blocked from loading by Cross-Origin Resource Sharing policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin '${PAGE}' is therefore not allowed access.`,
      ),
    ).not.toHaveProperty('url');
  });

  it('in the first megabyte of a paste, and not after it', () => {
    const line = 'Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.';
    const noise = 'x'.repeat(10 * MAX_PASTE);
    expect(readPaste(`${line}\n${noise}`)?.method).toBe('PUT');
    expect(readPaste(`${noise}\n${line}`)).toBeNull();
  });
});

describe('readHar', () => {
  const entry = (url: string, status: number, origin = PAGE) => ({
    request: { method: 'PUT', url, headers: [{ name: 'Origin', value: origin }] },
    response: {
      status,
      headers: [{ name: 'Vary', value: 'Origin' }],
      content: { encoding: 'base64', text: 'AAAA' },
    },
  });
  const har = (...entries: object[]) => JSON.stringify({ log: { entries } });

  it('takes the request that is named, then one that failed, then one of another origin', () => {
    const own = entry(`${PAGE}/x`, 200);
    const [good, bad] = [entry(URL_ASKED, 200), entry(`${URL_ASKED}/1`, 0)];
    expect(readHar(har(own, good, bad), undefined)?.url).toBe(`${URL_ASKED}/1`);
    expect(readHar(har(own, good), undefined)).toEqual({
      form: 'har',
      url: URL_ASKED,
      origin: PAGE,
      method: 'PUT',
      headers: [],
      responses: [{ url: URL_ASKED, method: 'PUT', status: 200, headers: [['Vary', 'Origin']] }],
    });
    expect(readHar(har(own, good, bad), '/orders')?.url).toBe(URL_ASKED);
    expect(readHar(har(own), undefined)).toBeNull();
  });

  it.each(['{"log"', '{"log":{}}', '{"log":{"entries":[null,1,{"request":{"url":1}}]}}'])(
    'finds nothing in %s',
    (text) => {
      expect(readHar(text, undefined)).toBeNull();
    },
  );
});
