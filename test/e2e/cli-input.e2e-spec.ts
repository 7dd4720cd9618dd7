import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { runCli } from '../../lib/cli/run-cli.js';
import { inputOf } from '../../lib/cli/terminal.js';
import { recorder } from '../unit/cli/recorder.js';

const PAGE = 'https://app.example.com';
const ACAO = 'Access-Control-Allow-Origin';
const URL_ASKED = 'https://api.example.com/orders';
const BLOCKED = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: `;
const MISSING = `${BLOCKED}No 'Access-Control-Allow-Origin' header is present on the requested resource.`;

let folder: string;
const servers: Server[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-input-'));
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rm(folder, { recursive: true });
});

async function listen(answer: RequestListener): Promise<number> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

type Input = Parameters<typeof inputOf>[0];

async function run(args: readonly string[], input: Partial<ReturnType<typeof inputOf>> = {}) {
  const { terminal, out, error } = recorder({ width: 200 });
  const exitCode = await runCli(['check', ...args], { ...terminal, ...input });
  return { exitCode, out: out(), error: error() };
}

/** Standard input as a pipe, in chunks. */
function piped(...chunks: readonly (string | Uint8Array)[]): ReturnType<typeof inputOf> {
  const stdin: Input = Readable.from(chunks.map((chunk) => Buffer.from(chunk)));
  return inputOf(stdin, new Writable());
}

const entry = (url: string, status: number, text = '') => ({
  request: { method: 'PUT', url, headers: [{ name: 'Origin', value: PAGE }] },
  response: {
    status,
    headers: [{ name: ACAO, value: 'https://other.example.com' }],
    content: { encoding: 'base64', text },
  },
});
const har = (...entries: object[]) => JSON.stringify({ log: { version: '1.2', entries } });

describe('a paste comes', () => {
  it.each<[string, () => Promise<Awaited<ReturnType<typeof run>>>]>([
    ['as an argument', () => run(['--paste', MISSING])],
    ['in place of the URL', () => run([MISSING])],
    ['by its old name', () => run(['--from-message', MISSING])],
    ['from a file', async () => run(['--paste', await fileOf('message.txt', MISSING)])],
    [
      'from a file of Windows PowerShell',
      async () =>
        run(['--paste', await fileOf('utf16.txt', Buffer.from(`\uFEFF${MISSING}\r\n`, 'utf16le'))]),
    ],
    ['from standard input', () => run(['--paste', '-'], piped(MISSING))],
    ['from a pipe, without a word', () => run([], piped(MISSING.slice(0, 50), MISSING.slice(50)))],
  ])('%s', async (_, ran) => {
    const { exitCode, out, error } = await ran();
    expect([exitCode, error]).toEqual([1, '']);
    expect(out).toContain('This message is from Chromium. It means:\n\nACAO_MISSING');
    expect(out).toContain('Nothing was sent.');
  });

  it('and an empty pipe is as none', async () => {
    const { exitCode, error } = await run([], piped(''));
    expect(exitCode).toBe(2);
    expect(error).toContain('Expected <url> and `--origin`, or `--paste`.');
  });

  it('as a HAR file in a pipe, with a part of the URL', async () => {
    const text = har(entry(`${URL_ASKED}/1`, 200), entry(`${URL_ASKED}/2`, 200));
    const { out } = await run(['--url', '/2'], piped(text));
    expect(out).toContain(`The pasted response, to PUT ${URL_ASKED}/2`);
  });
});

describe('a paste that is too much', () => {
  it('is read in its first megabyte, which is said', async () => {
    const { out } = await run(['--paste', `${MISSING}\n${'x'.repeat(10_000_000)}`]);
    expect(out).toMatch(
      /^The paste is 10\.0 MB long: only its first 1 MB was read\.\n\nThis message/,
    );
    const { error } = await run(['--paste', 'x'.repeat(2_000_000)]);
    expect(error).toContain('(2000000 characters)`, of which only the first 1 MB was read.');
    const json = await run(['--json', '--paste', `${MISSING}\n${'x'.repeat(2_000_000)}`]);
    expect(JSON.parse(json.out)).toMatchObject({ pasteLength: 2_000_000 + MISSING.length + 1 });
  });

  it('is refused above 50 MB, as a file and as a pipe', async () => {
    const path = join(folder, 'huge.har');
    const file = await open(path, 'w');
    await file.truncate(200_000_000);
    await file.close();
    const advice =
      ' or more. In the network panel, clear the list, repeat the request and save that alone, or use `Copy as cURL`.\n';
    expect(await run(['--har', path])).toEqual({
      exitCode: 2,
      out: '',
      error: `Expected a paste of up to 50 MB, got 200 MB${advice}`,
    });
    const chunk = Buffer.alloc(10_000_000, ' ');
    expect(await run([], piped(...Array.from({ length: 9 }, () => chunk)))).toEqual({
      exitCode: 2,
      out: '',
      error: `Expected a paste of up to 50 MB, got 60 MB${advice}`,
    });
  });
});

describe('a HAR file', () => {
  it('gives the request that is named, with bodies in base64', async () => {
    const body = Buffer.alloc(300_000, 'a').toString('base64');
    const path = await fileOf(
      'a.har',
      `\uFEFF${har(entry(`${URL_ASKED}/1`, 200, body), entry(`${URL_ASKED}/2`, 200, body))}`,
    );
    const { exitCode, out, error } = await run(['--har', path, '--url', 'orders/2']);
    expect([exitCode, error]).toEqual([1, '']);
    expect(out).toContain(`The pasted response, to PUT ${URL_ASKED}/2`);
    expect(out).toContain('✗ Blocked on the response: ACAO_MISMATCH');
    expect(out).toContain('The response to the preflight is not in the paste');
  });

  it('gives the preflight with the request, and what a redirect led to', async () => {
    const preflight = {
      request: {
        method: 'OPTIONS',
        url: URL_ASKED,
        headers: [
          { name: 'Origin', value: PAGE },
          { name: 'Access-Control-Request-Method', value: 'PUT' },
        ],
      },
      response: { status: 404, headers: [{ name: ACAO, value: '*' }] },
    };
    const path = await fileOf('b.har', har(preflight, entry(URL_ASKED, 0)));
    const { out } = await run(['--har', path, '--json']);
    expect(JSON.parse(out).pastedResponse).toMatchObject({
      check: 'PREFLIGHT_STATUS',
      request: { method: 'PUT', url: URL_ASKED },
    });
  });

  it('names what the browser said about the network', async () => {
    const failed = entry(URL_ASKED, 0);
    const path = await fileOf(
      'c.har',
      har({ ...failed, response: { status: 0, _error: 'net::ERR_CERT_AUTHORITY_INVALID' } }),
    );
    expect((await run(['--har', path])).out).toMatch(/^CERTIFICATE\n/);
  });

  it.each([
    ['is cut off', '{"log":{"entries":[{"request":', 'Expected a HAR file to be whole JSON'],
    ['has no such request', har(), 'Expected `--har` to be a HAR file with a request that failed'],
    ['is not one', 'hello', 'Expected a HAR file to be whole JSON'],
  ])('that %s is refused', async (_, text, error) => {
    const result = await run(['--har', await fileOf('d.har', text)]);
    expect([result.exitCode, result.out]).toEqual([2, '']);
    expect(result.error).toContain(error);
  });

  it('that is a folder, or none, is refused', async () => {
    for (const path of [folder, join(folder, 'missing.har')]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await run(['--har', path])).error).toContain(
        `Expected \`--har\` to be a file, got \`${path}\`, which cannot be read.`,
      );
    }
  });
});

describe('a paste that is bad', () => {
  it('prints no control characters', async () => {
    const escape = '\u001b[31m\u0007\u009b2J\u202e';
    const pastes = [
      `Access to fetch at 'http://127.0.0.1:1/${escape}' from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
      `HTTP/1.1 200 OK\nAccess-Control-Allow-Origin: x${escape}\nVary: ${escape}`,
      `curl 'http://127.0.0.1:1/${escape}' -H 'x-a: ${escape}'`,
      `hello ${escape}`,
    ];
    const results = await Promise.all(
      pastes.map((paste) => run(['--yes', '--origin', PAGE, '--paste', paste])),
    );
    for (const { out, error } of results) {
      // Marks of our own, such as ✗, are printed.
      expect(out + error).not.toMatch(/\p{Cc}(?<!\n)|\p{Cf}/u);
      expect(out + error).not.toBe('');
    }
  });

  it('of half a curl line gives what is there', async () => {
    const { out, error } = await run([
      '--paste',
      `curl '${URL_ASKED}' -X PUT -H 'origin: ${PAGE}' -H 'conte`,
    ]);
    expect(error).toBe('');
    expect(out).toContain('Nothing was sent.');
  });

  it('is repeated without its secrets', async () => {
    const { error } = await run(['--paste', "wget --header='authorization: Bearer abc123' x"]);
    expect(error).toContain("got `wget --header='authorization: (not shown)`.");
    expect(error).not.toContain('abc123');
  });

  it('about something else is refused with what to paste', async () => {
    const { exitCode, error } = await run(['--paste', 'ReferenceError: foo is not defined']);
    expect(exitCode).toBe(2);
    expect(error).toContain('choose `Copy as cURL`');
  });
});

describe('what is contacted', () => {
  const allowed: RequestListener = ({ headers }, response) =>
    response.writeHead(200, { [ACAO]: headers.origin ?? '*', vary: 'Origin' }).end();
  const message = (url: string) => MISSING.replace(URL_ASKED, url);

  function asking(answers: readonly boolean[]) {
    const questions: string[] = [];
    const confirm = (question: string) => {
      questions.push(question);
      return Promise.resolve(answers[questions.length - 1] ?? false);
    };
    return { questions, confirm };
  }

  it('is another host only after it was shown', async () => {
    const seen: (string | undefined)[] = [];
    const target = await listen((request, response) => {
      seen.push(request.headers.host);
      allowed(request, response);
    });
    const first = await listen(({ headers }, response) =>
      response
        .writeHead(302, { [ACAO]: headers.origin ?? '*', location: `http://localhost:${target}/b` })
        .end(),
    );
    const args = ['--paste', message(`http://127.0.0.1:${first}/a`)];
    const question = `It is redirected to localhost:${target}. Send GET http://localhost:${target}/b?`;

    const no = asking([true, false]);
    const refused = await run(args, { confirm: no.confirm });
    expect(no.questions[1]).toBe(question);
    expect(seen).toEqual([]);
    expect(refused.out).toContain(
      `Nothing was sent to localhost:${target}, where the redirect leads`,
    );

    const yes = asking([true, true]);
    await run(args, { confirm: yes.confirm });
    expect(yes.questions).toHaveLength(2);
    expect(seen.length).toBeGreaterThan(0);
  });

  it('may have several addresses, of which one answers', async () => {
    const port = await listen(allowed);
    const { out } = await run(['--yes', '--paste', message(`http://localhost:${port}/`)]);
    expect(out).toContain('✓ Allowed: the page can read the response');
  });

  it('may have several addresses, of which none answers', async () => {
    const port = await listen(allowed);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const { out } = await run(['--yes', '--paste', message(`http://localhost:${port}/`)]);
    expect(out).toContain(`Nothing is listening at localhost:${port} (ECONNREFUSED)`);
  });

  it('may answer differently each time, which explains the console', async () => {
    let count = 0;
    const port = await listen((request, response) => {
      count += 1;
      if (count === 1 || count % 2 === 0) allowed(request, response);
      else response.writeHead(200, { vary: 'Origin' }).end();
    });
    const { out } = await run(['--yes', '--paste', message(`http://127.0.0.1:${port}/`)]);
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /Most likely: of 3 equal requests, 1 got other CORS headers or none: several servers or caches/,
    );
  });
});
