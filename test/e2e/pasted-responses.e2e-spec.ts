import type { Server } from 'node:http';
import { runCli } from '../../lib/cli/run-cli.js';
import { recorder } from '../unit/cli/recorder.js';
import { startPasteServers } from './paste-servers.js';

const PAGE = 'https://app.example.com';

let server: Server;
let base: string;
let requests: string[];
beforeAll(async () => {
  const started = await startPasteServers();
  server = started.server;
  base = `http://127.0.0.1:${started.port}`;
  server.on('request', ({ method, url }) => requests.push(`${method} ${url}`));
});
beforeEach(() => {
  requests = [];
});
afterAll(() => {
  server.close();
});

async function run(paste: string, ...args: readonly string[]) {
  const { terminal, out, error } = recorder({ width: 100 });
  const exitCode = await runCli(['check', '--paste', paste, ...args], terminal);
  expect(error()).toBe('');
  return { exitCode, out: out().replaceAll(/\s+/g, ' ') };
}

async function json(paste: string, ...args: readonly string[]) {
  const { terminal, out, error } = recorder();
  await runCli(['check', '--json', '--paste', paste, ...args], terminal);
  expect(error()).toBe('');
  return JSON.parse(out());
}

describe('a pasted response is judged, and nothing is sent', () => {
  const preflight = `Request URL: https://api.example.com/orders
Request Method: OPTIONS
Status Code: 200 OK
Response Headers
allow: GET,HEAD
Request Headers
access-control-request-headers: content-type
access-control-request-method: PUT
origin: ${PAGE}`;

  it.each<[string, string, string[], string | null, string | null]>([
    [
      '`*` with credentials',
      'Access-Control-Allow-Origin: *',
      ['-c'],
      'ACAO_WILDCARD_CREDENTIALS',
      'response',
    ],
    [
      'no CORS headers',
      'HTTP/1.1 200 OK\nServer: nginx\nContent-Type: text/html',
      [],
      'ACAO_MISSING',
      'response',
    ],
    [
      'a header that is sent twice',
      `HTTP/2 200\naccess-control-allow-origin: ${PAGE}\naccess-control-allow-origin: ${PAGE}`,
      [],
      'ACAO_MULTIPLE',
      'response',
    ],
    [
      'a slash at the end',
      `access-control-allow-origin: ${PAGE}/`,
      ['-o', PAGE],
      'ACAO_MISMATCH',
      'response',
    ],
    [
      'the name of another page',
      'access-control-allow-origin: http://localhost:3000',
      ['-o', PAGE],
      'ACAO_MISMATCH',
      'response',
    ],
    [
      'an origin as curl writes it',
      'access-control-allow-origin: http://localhost:3000',
      ['-H', `Origin: ${PAGE}`],
      'ACAO_MISMATCH',
      'response',
    ],
    [
      'the page that it names',
      'access-control-allow-origin: http://localhost:3000',
      [],
      null,
      null,
    ],
    ['a preflight in General', preflight, [], 'ACAO_MISSING', 'preflight'],
    [
      'a preflight whose list lacks the method',
      preflight.replace(
        'allow: GET,HEAD',
        `access-control-allow-origin: ${PAGE}\naccess-control-allow-methods: GET`,
      ),
      [],
      'METHOD',
      'preflight',
    ],
    [
      'what `curl -i` printed',
      `$ curl -i -X OPTIONS https://api.example.com/orders -H 'Origin: ${PAGE}' -H 'Access-Control-Request-Method: PUT'\nHTTP/1.1 403 Forbidden\nAccess-Control-Allow-Origin: *\n`,
      [],
      'PREFLIGHT_STATUS',
      'preflight',
    ],
    [
      'what `curl -v` printed',
      `curl -v https://api.example.com/orders -H 'origin: ${PAGE}'\n* Trying 127.0.0.1:443...\n> GET /orders HTTP/1.1\n> Host: api.example.com\n>\n< HTTP/1.1 401 Unauthorized\n< WWW-Authenticate: Bearer\n`,
      [],
      'ACAO_MISSING',
      'response',
    ],
    [
      'values on lines of their own',
      `Request URL\nhttps://api.example.com/orders\nRequest Method\nGET\nStatus Code\n200 OK\naccess-control-allow-origin\n*\nvary\nOrigin\norigin\n${PAGE}`,
      ['-c'],
      'ACAO_WILDCARD_CREDENTIALS',
      'response',
    ],
    [
      'an object of headers',
      `{\n  "access-control-allow-origin": "*",\n  "content-type": "application/json"\n}`,
      ['-c', '-o', PAGE],
      'ACAO_WILDCARD_CREDENTIALS',
      'response',
    ],
    [
      'lists that lack the method',
      'Access-Control-Allow-Origin:*\nAccess-Control-Allow-Methods:GET,PUT\nX-Powered-By:Express',
      ['-m', 'PATCH', '-o', PAGE],
      'METHOD',
      'preflight',
    ],
    [
      'no lists, of a request that needs a preflight',
      'Access-Control-Allow-Origin:*\nX-Powered-By:Express',
      ['-m', 'PATCH', '-o', PAGE],
      null,
      null,
    ],
    [
      'what `curl -I` printed, after a prompt',
      `~ % curl -I https://cdn.example.com/a.woff2\nHTTP/2 200\nserver: cloudflare`,
      ['-o', PAGE],
      'ACAO_MISSING',
      'response',
    ],
    [
      'arrows between names and values',
      'Access-Control-Allow-Origin →http://localhost:3000\nContent-Type →text/html',
      ['-o', PAGE],
      'ACAO_MISMATCH',
      'response',
    ],
  ])('%s', async (_, paste, args, check, at) => {
    const { pastedResponse, ...rest } = await json(paste, ...args);
    expect([pastedResponse.check, pastedResponse.at]).toEqual([check, at]);
    expect(rest.exitCode).toBe(check === null ? 0 : 1);
    expect(requests).toEqual([]);
  });

  it('with the verdict, the change and what is missing for more', async () => {
    const { exitCode, out } = await run(
      'HTTP/1.1 200 OK\nContent-Type: text/html',
      '--for',
      'cors',
    );
    expect(exitCode).toBe(1);
    expect(out).toContain(
      'The paste names neither address nor page: https://api.example.com/ and https://app.example.com stand for them. The pasted response',
    );
    expect(out).toMatch(/The pasted response, to GET .* as Chromium judges it; nothing was sent/);
    expect(out).toMatch(/✗ Blocked on the response: ACAO_MISSING .*app\.use\(cors\(\{ origin/);
    expect(out).toContain(
      'To check the server, add what the paste does not contain: <url> and `--origin`, the address of the page.',
    );
  });

  it.each([
    [['-o', PAGE], 'The paste does not name the address: https://api.example.com/ stands for it.'],
    [['https://api.test/x'], `The paste does not name the page: ${PAGE} stands for it.`],
  ])('with what was guessed beside %j', async (args, words) => {
    expect((await run('HTTP/1.1 200 OK\nVary: Origin', ...args)).out).toContain(words);
  });

  it('says what the paste leaves open', async () => {
    const { out } = await run(
      preflight.replace(
        'allow: GET,HEAD',
        `access-control-allow-origin: *\naccess-control-allow-methods: PUT\naccess-control-allow-headers: content-type`,
      ),
    );
    expect(out).toContain('✓ Allowed: what was pasted passes every check');
    expect(out).toContain('The response to the PUT itself is not in the paste');
    expect(out).not.toContain('✓ PUT');
  });

  it('follows pasted redirects, and stops where the paste does', async () => {
    const hop = (status: string, location: string) =>
      `HTTP/1.1 ${status}\nAccess-Control-Allow-Origin: *\n${location}\n\n`;
    const curl = `curl -iL https://api.example.com/a -H 'Origin: ${PAGE}'\n`;
    const to = 'Location: https://api.example.com/b';
    const whole = await json(curl + hop('302 Found', to) + hop('200 OK', 'Vary: Origin'));
    expect(whole.pastedResponse.verdict).toBe('allowed');
    expect(whole.pastedResponse.steps).toHaveLength(2);
    const half = await json(curl + hop('302 Found', to));
    expect([half.pastedResponse.verdict, half.pastedResponse.cause]).toEqual([
      'unknown',
      'The paste ends before the response to GET https://api.example.com/b.',
    ]);
  });

  it('blanks its secrets', async () => {
    const paste = `${preflight}\nResponse Headers\nset-cookie: sid=abc123`;
    expect((await run(paste)).out).not.toContain('abc123');
    expect(JSON.stringify(await json(paste))).not.toContain('abc123');
  });
});

describe('a pasted response is compared with the server', () => {
  const paste = () =>
    `Request URL: ${base}/www\nRequest Method: GET\nStatus Code: 502 Bad Gateway\nOrigin: ${PAGE}\nVary: Origin`;

  it('header by header, where somebody agrees', async () => {
    const { warnings, pastedResponse } = await json(paste(), '--yes');
    expect(pastedResponse.check).toBe('ACAO_MISSING');
    expect(warnings.find(({ id }: { id: string }) => id === 'PASTE_DIFFERS').sentence).toBe(
      'The server does not answer as in the paste. In the response to GET: the status is 200, it was 502; access-control-allow-origin is `https://www.example.com`, it was missing; vary is missing, it was `Origin`.',
    );
    expect(requests.length).toBeGreaterThan(0);
  });

  it('and not without', async () => {
    const { out } = await run(paste());
    expect(out).toContain('Nothing was sent. To check the server, add `--yes`.');
    expect(requests).toEqual([]);
  });

  it('silently where they agree', async () => {
    const same = `Request URL: ${base}/www\nRequest Method: GET\nStatus Code: 200 OK\naccess-control-allow-origin: https://www.example.com\norigin: ${PAGE}`;
    const { warnings, check } = await json(same, '--yes');
    expect(check).toBe('ACAO_MISMATCH');
    expect(warnings.map(({ id }: { id: string }) => id)).not.toContain('PASTE_DIFFERS');
  });
});
