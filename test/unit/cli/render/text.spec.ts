import type { ReceivedResponse } from '../../../../lib/browser/index.js';
import type { CheckArguments } from '../../../../lib/cli/read-arguments.js';
import { reportText } from '../../../../lib/cli/render/text.js';
import { check } from '../../../../lib/diagnosis/check.js';
import { response } from '../../browser/network.js';
import { checkArguments, PAGE } from '../../diagnosis/check-arguments.js';
import { fakeServer, type ServerRequest } from '../../diagnosis/fake-server.js';
import { recorder } from '../recorder.js';

const headers = { 'Access-Control-Allow-Origin': PAGE, Vary: 'Origin' };
const good = ({ method, origin }: ServerRequest): ReceivedResponse => {
  if (origin !== PAGE) return response(200, { Vary: 'Origin' });
  return method === 'OPTIONS'
    ? response(204, {
        ...headers,
        'Access-Control-Allow-Methods': 'PUT',
        'Access-Control-Allow-Headers': 'content-type,x-a',
        'Access-Control-Max-Age': '7200',
      })
    : response(200, headers);
};

async function text(
  answer: (request: ServerRequest) => ReceivedResponse | null,
  over: Partial<CheckArguments> = {},
  terminal: Parameters<typeof recorder>[0] = {},
): Promise<string> {
  const report = await check(checkArguments(over), fakeServer(answer).send);
  return reportText(report, recorder(terminal).terminal);
}

describe('reportText', () => {
  it('reports a request that is allowed', async () => {
    const put: Partial<CheckArguments> = {
      method: 'PUT',
      headers: [
        ['Content-Type', 'application/json'],
        ['x-a', '1'],
      ],
    };
    expect(await text(good, put)).toBe(
      `PUT https://api.example.com/orders/1
from https://app.example.com, as Chromium would

✓ OPTIONS /orders/1 → 204
    asks for PUT with content-type, x-a
    Access-Control-Allow-Origin: https://app.example.com
    Vary: Origin
    Access-Control-Allow-Methods: PUT
    Access-Control-Allow-Headers: content-type,x-a
    Access-Control-Max-Age: 7200
✓ PUT /orders/1 → 200
    Access-Control-Allow-Origin: https://app.example.com
    Vary: Origin

✓ Allowed: the page can read the response

· MAX_AGE_CAPPED
  Access-Control-Max-Age is 7200 seconds, but browsers cap it: Safari 600.
`,
    );
  });

  it('reports a request that is blocked, and how to change that', async () => {
    const patch: Partial<CheckArguments> = { method: 'PATCH', server: 'cors', browser: 'firefox' };
    expect(await text(good, patch, { width: 60 })).toBe(
      `PATCH https://api.example.com/orders/1
from https://app.example.com, as Firefox would

✗ OPTIONS /orders/1 → 204
    asks for PATCH
    Access-Control-Allow-Origin: https://app.example.com
    Vary: Origin
    Access-Control-Allow-Methods: PUT
    Access-Control-Allow-Headers: content-type,x-a
    Access-Control-Max-Age: 7200

✗ Blocked on the response to the preflight: METHOD

Browser  Cross-Origin Request Blocked: The Same Origin
         Policy disallows reading the remote resource at
         https://api.example.com/orders/1. (Reason: Did not
         find method in CORS header
         ‘Access-Control-Allow-Methods’).
Cause    Access-Control-Allow-Methods does not contain
         \`PATCH\`: add it to \`methods\`.
Fix      Add the method to \`methods\`; if only the case
         differs, write it in upper case in the page.
More     https://nestjs-cors.example/troubleshooting#method

Written for Express:
    // npm install cors; before routes, redirects and authentication, in place of your cors(), whose
    // other options stay
    app.use(cors({
      origin: ['https://app.example.com' /* and your others */],
      methods: ['PUT', 'PATCH' /* and your others */],
    }));
`,
    );
  });

  it.each([
    ['enableCors', 'Written for enableCors():'],
    ['cors', 'Written for Express:'],
    ['flask', 'Written for Flask:'],
    ['fastapi', 'Written for FastAPI:'],
    ['nginx', 'Written for nginx:'],
  ] as const)('--for %s: the change is headed %j', async (server, heading) => {
    const headings = async (answer: () => ReceivedResponse) =>
      (await text(answer, { server })).split('\n').filter((line) => line.startsWith('Written'));
    expect(await headings(() => response(200))).toEqual([heading]);
    expect(await headings(() => response(200, headers))).toEqual([]);
  });

  it('puts both lines of Safari in their place', async () => {
    const report = await text(() => response(404), { credentials: true, browser: 'safari' });
    expect(report.split('\n').slice(0, 12)).toEqual([
      'GET https://api.example.com/orders/1',
      'from https://app.example.com, with credentials, as Safari would',
      '',
      '✗ GET /orders/1 → 404',
      '    no CORS headers',
      '',
      '✗ Blocked on the response: ACAO_MISSING',
      '',
      'Browser  Origin https://app.example.com is not allowed by',
      '         Access-Control-Allow-Origin. Status code: 404',
      '         Fetch API cannot load https://api.example.com/orders/1 due to access',
      '         control checks.',
    ]);
  });

  it('reports what could not be determined, in one sentence', async () => {
    expect(await text(() => null)).toBe(
      `GET https://api.example.com/orders/1
from https://app.example.com, as Chromium would

✗ GET /orders/1 → no response

? Could not tell on the response: NETWORK

Cause    no answer
Fix      Make the server reachable from the browser. No CORS setting helps.
More     https://nestjs-cors.example/troubleshooting#network
`,
    );
  });

  it('shortens a chain of redirects, and names other hosts', async () => {
    let hops = 0;
    const report = await text(({ origin }) => {
      hops += 1;
      if (hops === 9) return null;
      const location = hops % 2 === 1 ? 'https://b.test/x' : 'https://api.example.com/y?z';
      return response(302, { 'access-control-allow-origin': origin ?? '', location });
    });
    expect(report.split('\n').filter((line) => !line.startsWith('    '))).toEqual([
      'GET https://api.example.com/orders/1',
      'from https://app.example.com, as Chromium would',
      '',
      '✓ GET /orders/1 → 302',
      '✓ GET https://b.test/x → 302',
      '✓ GET /y?z → 302',
      '✓ GET https://b.test/x → 302',
      '  ... 3 more like these',
      '✓ GET https://b.test/x → 302',
      '✗ GET /y?z → no response',
      '',
      '? Could not tell on the response: NETWORK',
      '',
      'Cause    no answer',
      'Fix      Make the server reachable from the browser. No CORS setting helps.',
      'More     https://nestjs-cors.example/troubleshooting#network',
      '',
    ]);
  });

  it('cuts what a server makes long', async () => {
    const location = `https://api.example.com/${'a'.repeat(15_000)}`;
    const report = await text(({ origin }) =>
      origin === PAGE ? response(302, { ...headers, location }) : response(200, {}),
    );
    const longest = Math.max(...report.split('\n').map((line) => line.length));
    expect([longest, report.includes('... (15')]).toEqual([2022, true]);
  });

  it('says where no setting helps, once', async () => {
    const report = await text(() => response(200), { method: 'TRACE' });
    expect(report.split('\n').slice(2)).toEqual([
      '',
      '✗ Blocked before anything is sent: INVALID_REQUEST',
      '',
      'Cause    `fetch()` throws a TypeError and sends nothing: browsers never send',
      '         `TRACE` for a page. No CORS setting helps.',
      'More     https://nestjs-cors.example/troubleshooting#invalid_request',
      '',
    ]);
  });

  it("reports the page's own origin, and mixed content", async () => {
    const same = await text(() => response(200), { url: `${PAGE}/x` });
    expect(same).toContain(
      "\n✓ Allowed: the URL has the page's own origin, so no CORS check applies\n",
    );
    const mixed = await text(good, { url: 'http://api.example.com/' });
    expect(mixed).toContain(
      "\n✗ Blocked before anything is sent: MIXED_CONTENT\n\nBrowser  Mixed Content: The page at 'https://app.example.com/' was loaded over",
    );
  });

  it('names the permission that a public page needs for this computer', async () => {
    const local = await text(good, { url: 'https://localhost:3000/orders/1' });
    expect(local).toContain(
      '\n✓ Allowed: the page can read the response once the user lets it access the local network\n',
    );
    expect(local).toContain('\n! LOCAL_NETWORK_PERMISSION\n  Chromium asks the user whether');
  });

  it('has colours where the terminal has', async () => {
    const report = await text(() => response(404), {}, { colour: true });
    expect(report.split('\n').slice(0, 7)).toEqual([
      '\u001b[1mGET https://api.example.com/orders/1\u001b[22m',
      'from https://app.example.com, as Chromium would',
      '',
      '\u001b[31m✗\u001b[39m GET /orders/1 → \u001b[1m404\u001b[22m',
      '    no CORS headers',
      '',
      '\u001b[31m✗ Blocked on the response: ACAO_MISSING\u001b[39m',
    ]);
    const allowed = await text(good, {}, { colour: true });
    expect(allowed).toContain('\n\u001b[32m✓ Allowed: the page can read the response\u001b[39m\n');
    const unknown = await text(() => null, {}, { colour: true });
    expect(unknown).toContain('\u001b[33m? Could not tell on the response: NETWORK\u001b[39m\n');
  });
});
