import { createServer } from 'node:http';
import { runCli } from '../../lib/cli/run-cli.js';
import { endpointOf } from '../../lib/inspector/doors.js';
import { buildPage } from '../support/built-page.js';
import { freePort } from '../support/free-port.js';
import { JSON_TYPE, own } from '../support/inspector-calls.js';
import { listening } from '../support/rewriting-proxy.js';
import { send } from '../support/send.js';
import { type RunningUi, startUi } from '../support/start-ui.js';
import { recorder } from '../unit/cli/recorder.js';

const PAGE = 'https://app.example.com';
const EVIL = 'https://evil.example.org';

describe('nestjs-cors ui', () => {
  let ui: RunningUi;
  beforeAll(async () => {
    await buildPage();
    ui = await startUi();
  });
  afterAll(() => ui.stop());

  const path = () => `${ui.url.pathname}${ui.url.search}`;
  const ask = async (request: object, agreed: readonly string[] = []) => {
    const { pathname, search } = new URL(endpointOf(ui.url.href, 'send'));
    const question = { request: { origin: PAGE, method: 'GET', ...request }, agreed };
    const body = JSON.stringify(question);
    const answer = await send(ui.port, 'POST', `${pathname}${search}`, JSON_TYPE, body);
    return { status: answer.status, ...JSON.parse(answer.body) };
  };

  it('prints a URL of this computer with a token, and opens it', () => {
    expect(ui.url.origin).toBe(`http://127.0.0.1:${ui.port}`);
    expect(ui.url.search).toMatch(/^\?token=[\w-]{43}$/);
    expect(ui.opened).toEqual([ui.url.href]);
  });

  it('serves the page at it, and to nobody else', async () => {
    const { status, lines, body } = await send(ui.port, 'GET', path());
    expect([status, own(lines)['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(body).toContain('<meta name="nestjs-cors-door" content="ui"');
    const token = ui.url.searchParams.get('token') ?? '';
    const statuses = await Promise.all([
      send(ui.port, 'GET', '/'),
      send(ui.port, 'GET', '/?token='),
      send(ui.port, 'GET', `/?token=${token}x`),
      send(ui.port, 'GET', `/?token=${token.slice(1)}`),
      send(ui.port, 'POST', '/api/send', JSON_TYPE, '{}'),
      send(ui.port, 'GET', path(), { host: 'rebound.example' }),
      send(ui.port, 'GET', path(), { origin: EVIL }),
      send(ui.port, 'POST', `/api/send?token=${token}`, { ...JSON_TYPE, origin: EVIL }, '{}'),
      send(ui.port, 'POST', `/api/send?token=${token}`, {}, '{}'),
      send(ui.port, 'GET', `/api/send?token=${token}`),
      send(ui.port, 'GET', `/api/application?token=${token}`),
      send(ui.port, 'GET', '/favicon.ico'),
      send(ui.port, 'GET', '//'),
      send(ui.port, 'GET', '/?token=%'),
    ]);
    expect(statuses.map((one) => one.status)).toEqual([
      403, 403, 403, 403, 403, 403, 403, 403, 415, 405, 404, 404, 404, 403,
    ]);
  });

  it('sends what the user has agreed to, as check does', async () => {
    const seen: (string | undefined)[] = [];
    const server = await listening(({ headers }, response) => {
      seen.push(headers.origin);
      response.writeHead(200, { 'access-control-allow-origin': PAGE, vary: 'Origin' }).end();
    });
    try {
      const url = `http://127.0.0.1:${server.port}/orders`;
      const first = await ask({ url, localNetwork: 'granted' });
      expect(first).toEqual({
        status: 200,
        kind: 'question',
        question: `Send GET ${url} as a page of ${PAGE}, and up to 9 probes?`,
        report: null,
      });
      expect(seen).toEqual([]);
      const { kind, report } = await ask({ url, localNetwork: 'granted' }, [first.question]);
      expect([kind, report.conclusion]).toEqual(['report', { verdict: 'allowed', exitCode: 0 }]);
      expect(seen.length).toBeGreaterThan(1);
      expect(seen[0]).toBe(PAGE);
    } finally {
      await server.close();
    }
  });

  it('follows a redirect to another host after another question', async () => {
    let reached = 0;
    const target = await listening((_, response) => {
      reached += 1;
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end();
    });
    const server = await listening((_, response) => {
      const location = `http://127.0.0.1:${target.port}/there`;
      response.writeHead(302, { location, 'access-control-allow-origin': '*' }).end();
    });
    try {
      const url = `http://127.0.0.1:${server.port}/orders`;
      const first = await ask({ url, localNetwork: 'granted' });
      const second = await ask({ url, localNetwork: 'granted' }, [first.question]);
      const where = `127.0.0.1:${target.port}`;
      expect([second.kind, second.question]).toEqual([
        'question',
        `It is redirected to ${where}. Send GET http://${where}/there?`,
      ]);
      expect(second.report.cause).toBe(
        `Nothing was sent to ${where}, where the redirect leads: you have not agreed to follow it.`,
      );
      expect(reached).toBe(0);
      const agreed = [first.question, second.question];
      const third = await ask({ url, localNetwork: 'granted' }, agreed);
      expect([third.kind, third.report.conclusion.verdict]).toEqual(['report', 'allowed']);
    } finally {
      await server.close();
      await target.close();
    }
  });

  it('takes no path, as it has no address to add it to', async () => {
    const { status, message } = await ask({ url: '/orders' });
    expect([status, message]).toEqual([
      400,
      'Expected `url` to be an http:// or https:// URL, got `/orders`.',
    ]);
  });

  it('is at the port that it is given, and ends with Ctrl-C', async () => {
    const port = await freePort();
    const other = await startUi('--port', String(port));
    expect(other.port).toBe(port);
    const { exitCode, out, error } = await other.stop();
    expect([exitCode, out, error]).toEqual([
      0,
      `The inspector is at ${other.url.href}\nIt sends nothing that you have not agreed to. Ctrl-C ends it.\n`,
      '',
    ]);
    await expect(send(port, 'GET', '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says that a port is taken', async () => {
    const taken = createServer();
    const port = await freePort();
    await new Promise<void>((resolve) => taken.listen(port, '127.0.0.1', resolve));
    try {
      const { terminal, out, error } = recorder();
      const exitCode = await runCli(['ui', '--port', String(port)], terminal);
      expect([exitCode, out(), error()]).toEqual([
        2,
        '',
        `Expected port ${port} of 127.0.0.1 to be free, got EADDRINUSE. Write another \`--port\`, or none: a free port is taken then.\n`,
      ]);
    } finally {
      await new Promise((resolve) => taken.close(resolve));
    }
  });

  it.each(['65536', '-1', '80a', ''])('refuses the port %p', async (port) => {
    const { terminal, out, error } = recorder();
    const exitCode = await runCli(['ui', '--port', port], terminal);
    expect([exitCode, out(), error()]).toEqual([
      2,
      '',
      `Expected \`--port\` to be a number from 0 to 65535, got \`${port}\`. Write for example \`--port 8080\`; without it, a free port is taken.\n`,
    ]);
  });
});
