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
        responses: [
          { url: URL_ASKED, method: 'PUT', status: 403, headers: [['vary', 'Origin']] },
        ],
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
      responses: [
        { url: URL_ASKED, method: 'PUT', status: 200, headers: [['Vary', 'Origin']] },
      ],
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
