import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Controller,
  Delete,
  Get,
  Header,
  type INestApplication,
  Module,
  Post,
  Put,
  type Type,
} from '@nestjs/common';
import { Cors, CorsModule, type CorsOptions, type CorsOverride, CorsService } from 'nestjs-cors';
import { runCli } from '../../lib/cli/run-cli.js';
import { collectingLogger } from '../support/collecting-logger.js';
import { listening, type PassingHead, startProxy } from '../support/rewriting-proxy.js';
import { PLATFORMS, type Platform, startApp } from '../support/platforms.js';
import { recorder } from '../unit/cli/recorder.js';

const APP = 'https://app.example.com';

/** An application; a mutant has other options at some place. */
function application(options: Partial<CorsOptions> = {}, list: CorsOverride = {}): Type {
  @Controller('orders')
  class OrdersController {
    @Get() @Cors(list) list() {}
    @Get(':id') @Header('ETag', '1') read() {}
    @Put(':id')
    @Cors({ origin: ['https://*.shop.example', APP], allowedHeaders: ['x-id'] })
    put() {}
    @Post() create() {}
    @Delete(':id') @Cors(false) remove() {}
    @Get('feed/open') @Cors({ origin: '*', credentials: false }) feed() {}
  }

  @Module({
    imports: [
      CorsModule.forRoot({
        origin: [APP, /^https:\/\/[a-z]+\.example\.org$/],
        credentials: true,
        exposedHeaders: ['etag'],
        paths: { '/files/*': { origin: '*', credentials: false } },
        ...options,
      }),
    ],
    controllers: [OrdersController],
  })
  class AppModule {}
  return AppModule;
}

let root = '';
let closing: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'verify-'));
  closing = [];
});
afterEach(async () => {
  for (const close of closing) await close();
  rmSync(root, { recursive: true, force: true });
});

async function start(
  platform: Platform,
  module: Type,
  warnings: string[] = [],
): Promise<{ app: INestApplication; port: number }> {
  const started = await startApp(platform, module, { logger: collectingLogger('warn', warnings) });
  closing.unshift(() => started.app.close());
  return started;
}

/** The file of the application that is meant, and the port where it is. */
async function deployed(platform: Platform, module = application(), warnings: string[] = []) {
  const { app, port } = await start(platform, module, warnings);
  const file = join(root, 'cors.policy.json');
  writeFileSync(file, JSON.stringify(app.get(CorsService).policy()));
  return { file, port };
}

async function verify(file: string, port: number, ...args: string[]) {
  const { terminal, out, error } = recorder();
  const url = `http://127.0.0.1:${port}`;
  const exitCode = await runCli(['verify', file, '--url', url, ...args], terminal);
  return { exitCode, lines: out().split('\n').slice(0, -1), error: error() };
}

describe.each(PLATFORMS)('verify, on $platform', ({ platform }) => {
  it('finds the application itself as its file says, with unsafe methods as well', async () => {
    const warnings: string[] = [];
    const { file, port } = await deployed(platform, application(), warnings);
    for (const args of [[], ['--unsafe'], ['--param', 'id=7']]) {
      const { exitCode, lines, error } = await verify(file, port, ...args);
      expect([exitCode, lines.length, error]).toEqual([0, 1, '']);
      expect(lines[0]).toMatch(
        /^\d{3} requests to http:\/\/127\.0\.0\.1:\d+: each answer is as the file says\.$/,
      );
    }
    // Near misses of each origin are refused, and nobody is to allow them.
    expect(warnings).toEqual([]);
  });

  it.each<[string, Partial<CorsOptions>, CorsOverride, string]>([
    [
      'the origin of a route also over http',
      { dangerouslyAllowInsecureOrigins: true },
      { origin: [APP, 'http://app.example.com'] },
      'looser GET /orders, preflight for GET /orders from http://app.example.com (another scheme): allows the origin, with credentials.',
    ],
    [
      'every name that ends alike',
      {},
      { origin: (origin: string) => origin.endsWith('app.example.com') },
      'looser GET /orders, preflight for GET /orders from https://evil.app.example.com (a name below): allows the origin, with credentials.',
    ],
    [
      'any origin at one route',
      {},
      { origin: '*', credentials: false },
      'looser GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): allows any origin.',
    ],
    [
      'null',
      {},
      { origin: (origin: string) => origin === 'null' || origin === APP },
      'looser GET /orders, preflight for GET /orders from null (`null`): allows the origin, with credentials.',
    ],
    [
      'an origin of another route',
      {},
      { origin: [APP, 'https://*.shop.example', /^https:\/\/[a-z]+\.example\.org$/] },
      'looser GET /orders, preflight for GET /orders from https://a.shop.example (an origin of another policy): allows the origin, with credentials.',
    ],
    [
      'no credentials',
      { credentials: false },
      {},
      'tighter GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): does not allow credentials.',
    ],
    [
      'any method',
      { methods: '*' },
      {},
      'looser POST /orders, preflight for DELETE /orders from https://app.example.com (an origin of the file): allows the method `DELETE`.',
    ],
    [
      'fewer request headers',
      {},
      { allowedHeaders: ['content-type'] },
      'tighter GET /orders, preflight for GET /orders with authorization,content-type,x-nestjs-cors-verify from https://app.example.com (an origin of the file): does not allow the request headers `authorization`, `x-nestjs-cors-verify`.',
    ],
    [
      'more response headers',
      {},
      { exposedHeaders: ['etag', 'x-total'] },
      'looser GET /orders, GET /orders from https://app.example.com (an origin of the file): exposes the response header `x-total`.',
    ],
    [
      'resource timing',
      {},
      { timingAllowOrigin: true },
      'looser GET /orders, GET /orders from https://app.example.com (an origin of the file): shows the resource timing.',
    ],
    [
      'a longer max-age',
      {},
      { maxAge: 7200 },
      'looser GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): lets browsers remember the preflight for 7200 s, not 600 s.',
    ],
    [
      'a shorter max-age',
      {},
      { maxAge: 60 },
      'tighter GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): lets browsers remember the preflight for 60 s only, not 600 s.',
    ],
    [
      'the path without its policy',
      { paths: {} },
      {},
      'looser the path /files/*, preflight for PUT /files/nestjs-cors-verify from https://app.example.com (an origin of another policy): allows credentials.',
    ],
  ])('names first what a mutant does: %s', async (_, options, list, first) => {
    const { file } = await deployed(platform);
    const { port } = await start(platform, application(options, list));
    const { exitCode, lines } = await verify(file, port);
    expect(lines[0]?.slice(0, first.length)).toBe(first);
    expect(exitCode).toBe(1);
  });

  const replaced = (name: string, value: string) => (head: PassingHead) => {
    head.headers[name] = value;
  };
  it.each<[string, (head: PassingHead) => void, number, readonly string[]]>([
    [
      'adds *',
      replaced('access-control-allow-origin', '*'),
      1,
      [
        'looser GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): allows any origin. Got `*` `access-control-allow-origin`, expected `https://app.example.com`. Pages are blocked now: Chromium, Firefox, Safari.',
      ],
    ],
    [
      'drops Vary',
      ({ headers }) => {
        delete headers['vary'];
      },
      1,
      [
        'looser GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): has no `Vary: Origin`, so that caches mix up origins.',
      ],
    ],
    [
      'reflects origins',
      ({ headers, request, status }) => {
        const { origin } = request.headers;
        if (status !== 403 && origin !== undefined) headers['access-control-allow-origin'] = origin;
      },
      1,
      [
        'looser GET /orders, GET /orders from https://nestjs-cors-verify.invalid (a stranger): allows the origin.',
      ],
    ],
    [
      'reflects origins, with credentials',
      ({ headers, request }) => {
        const { origin } = request.headers;
        if (origin === undefined) return;
        headers['access-control-allow-origin'] = origin;
        headers['access-control-allow-credentials'] = 'true';
      },
      1,
      [
        'looser GET /orders, GET /orders from https://nestjs-cors-verify.invalid (a stranger): allows the origin, with credentials. Got `https://nestjs-cors-verify.invalid` `access-control-allow-origin`, expected none; got `true` `access-control-allow-credentials`, expected none. A page gets the response now, which it must not: Chromium, Firefox, Safari.',
      ],
    ],
    [
      'answers preflights 200',
      (head) => {
        if (head.status === 204) head.status = 200;
      },
      0,
      [
        'cosmetic GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): answers 200 for 204.',
      ],
    ],
    [
      'answers preflights 401',
      (head) => {
        if (head.status === 204) head.status = 401;
      },
      1,
      [
        'tighter GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): answers the preflight with status 401, which browsers refuse.',
      ],
    ],
    [
      'adds the header again',
      ({ headers }) => {
        const value = headers['access-control-allow-origin'];
        if (typeof value === 'string') headers['access-control-allow-origin'] = [value, value];
      },
      1,
      [
        'tighter GET /orders, preflight for GET /orders from https://app.example.com (an origin of the file): sends `Access-Control-Allow-Origin` 2 times, which browsers refuse.',
      ],
    ],
    [
      'writes lists in another way',
      ({ headers }) => {
        const names = headers['access-control-allow-headers'];
        if (typeof names === 'string') {
          headers['access-control-allow-headers'] = names
            .split(', ')
            .toReversed()
            .join(',')
            .toUpperCase();
        }
      },
      0,
      [
        'cosmetic POST /orders, preflight for POST /orders with authorization,content-type,x-nestjs-cors-verify from https://app.example.com (an origin of the file): lists request headers differently.',
      ],
    ],
  ])('sees what a proxy does that %s', async (_, change, code, starts) => {
    const { file, port } = await deployed(platform);
    const proxy = await startProxy(port, change);
    closing.unshift(() => proxy.close());
    const { exitCode, lines } = await verify(file, proxy.port);
    const found = starts.map((text, index) => lines[index]?.slice(0, text.length));
    expect([exitCode, ...found]).toEqual([code, ...starts]);
  });
});

describe('verify before a server that is not as it should be', () => {
  const answering = async (serve: Parameters<typeof listening>[0]) => {
    const { file } = await deployed('express');
    const server = await listening(serve);
    closing.unshift(() => server.close());
    return { file, port: server.port };
  };

  it('down: exit code 2 with the reason', async () => {
    const { file, port } = await answering(() => undefined);
    await closing[0]?.();
    const { exitCode, lines, error } = await verify(file, port);
    expect([exitCode, lines]).toEqual([2, []]);
    expect(error).toContain(`Nothing could be verified: Nothing is listening at 127.0.0.1:${port}`);
  });

  it('silent: exit code 2 after the time for the first requests', async () => {
    const { file, port } = await answering(() => undefined);
    const { exitCode, error } = await verify(file, port, '--timeout', '0.05');
    expect([exitCode, error.includes('No response from')]).toEqual([2, true]);
  });

  it('silent in the middle: it gives up, and does not say that all is well', async () => {
    let answered = 0;
    const { file, port: own } = await deployed('express');
    const proxy = await startProxy(own, ({ request }) => {
      answered += 1;
      if (answered > 20) request.socket.destroy();
    });
    closing.unshift(() => proxy.close());
    const { exitCode, lines } = await verify(file, proxy.port);
    expect([exitCode, lines.some((line) => line.startsWith('It ended early: '))]).toEqual([
      2,
      true,
    ]);
  });

  it('a redirect to one page, whatever is asked: exit code 2, with an example', async () => {
    const { file, port } = await answering((_, response) => {
      response.writeHead(302, { location: '/login' }).end();
    });
    const { exitCode, error } = await verify(file, port);
    expect([exitCode, error.includes(`to http://127.0.0.1:${port}/login. Write`)]).toEqual([
      2,
      true,
    ]);
  });

  it('wrong in each answer: few of its requests are sent twice', async () => {
    const { file, port } = await deployed('express');
    const proxy = await startProxy(port, (head) => {
      delete head.headers['vary'];
    });
    closing.unshift(() => proxy.close());
    const { lines } = await verify(file, proxy.port);
    const [, without] = /^(\d+) requests/.exec((await verify(file, port)).lines[0] ?? '') ?? [];
    const [, sent] = /^(\d+) requests/.exec(lines.at(-1) ?? '') ?? [];
    expect([Number(without), Number(sent)]).toEqual([Number(without), Number(without) + 20]);
  });

  it('elsewhere: exit code 2, and where it leads', async () => {
    const { file, port } = await answering((_, response) => {
      response.writeHead(301, { location: 'https://www.example.com/' }).end();
    });
    const { exitCode, error } = await verify(file, port);
    expect([exitCode, error.includes('Write `--url https://www.example.com`.')]).toEqual([2, true]);
  });

  it('different each time: what is looser is named, and that it is not each time', async () => {
    const { file, port } = await deployed('express');
    const seen = new Set<string>();
    const proxy = await startProxy(port, ({ headers, request }) => {
      const { method, url = '' } = request;
      if (method !== 'GET' || request.headers.origin !== 'null' || seen.has(url)) return;
      seen.add(url);
      headers['access-control-allow-origin'] = 'null';
    });
    closing.unshift(() => proxy.close());
    const { exitCode, lines } = await verify(file, proxy.port);
    expect(exitCode).toBe(1);
    expect(lines[0]).toContain('from null (`null`): allows the origin, but not each time.');
  });
});

describe('what verify sends', () => {
  it('nothing for what code decides, which is said', async () => {
    const isKnown = (origin: string) => origin === APP;
    const { file, port } = await deployed('express', application({}, { origin: isKnown }));
    const { exitCode, lines } = await verify(file, port);
    expect([exitCode, ...lines.slice(1)]).toEqual([
      0,
      'Not checked: GET /orders: isKnown decides at run time.',
    ]);
  });

  it('nothing but OPTIONS, GET and HEAD unless --unsafe, and authentication with no preflight', async () => {
    const { file } = await deployed('express');
    const seen: string[] = [];
    const server = await listening((request, response) => {
      const kind =
        request.headers['access-control-request-method'] === undefined ? '' : ' preflight';
      seen.push(`${request.method}${kind} ${request.headers.authorization ?? 'nobody'}`);
      response.end();
    });
    closing.unshift(() => server.close());
    const header = ['--header', 'authorization: Bearer abc'];
    const { lines } = await verify(file, server.port, ...header);
    expect([...new Set(seen)].toSorted()).toEqual(['GET Bearer abc', 'OPTIONS preflight nobody']);
    expect(lines.join('\n')).not.toContain('abc');
    seen.length = 0;
    await verify(file, server.port, ...header, '--unsafe');
    expect([...new Set(seen)].toSorted()).toEqual([
      'DELETE Bearer abc',
      'GET Bearer abc',
      'OPTIONS preflight nobody',
      'POST Bearer abc',
      'PUT Bearer abc',
    ]);
  });

  it('at most four at a time, with the path of the URL before each, and the value of a parameter unseen', async () => {
    const { file } = await deployed('express');
    let now = 0;
    let most = 0;
    const paths = new Set<string>();
    const server = await listening((request, response) => {
      now += 1;
      most = Math.max(most, now);
      paths.add(request.url ?? '');
      setImmediate(() => {
        now -= 1;
        response.end();
      });
    });
    closing.unshift(() => server.close());
    const { terminal, out } = recorder();
    const url = `http://127.0.0.1:${server.port}/gateway`;
    await runCli(['verify', file, '--url', url, '--param', 'id=s3cret'], terminal);
    expect(most).toBeLessThanOrEqual(4);
    expect(paths).toContain('/gateway/orders/s3cret');
    expect([...paths].filter((path) => !path.startsWith('/gateway/'))).toEqual([]);
    expect(out()).toContain('PUT /orders/:id');
    expect(out()).not.toContain('s3cret');
  });

  it.each([
    [['--url', 'api.example.com'], 'Expected `--url` to begin with http://'],
    [['--url', 'http://127.0.0.1:9', '--param', 'id'], 'Expected `--param` to be `name=value`'],
    [['--url', 'http://127.0.0.1:9', '--header', 'x'], 'Expected `--header` to be `name: value`'],
    [['--url', 'http://127.0.0.1:9', '--timeout', 'x'], 'Expected `--timeout`'],
    [
      ['--url', 'http://127.0.0.1:9', '--header', 'authorization: Bearer …'],
      'Expected the value of `--header authorization` to have characters that a header can hold, got `\\u2026`.',
    ],
    [
      ['--url', 'http://127.0.0.1:9', '--header', 'a b: c'],
      'Expected `--header` to be `name: value`',
    ],
    [
      ['--url', 'http://127.0.0.1:9', '--header', 'Origin: https://a.example'],
      'Expected `--header` not to be `Origin`: each request has its own.',
    ],
    [[], "required option '-u, --url <url>' not specified"],
  ])('%j is not a command line', async (args, message) => {
    const { terminal, error } = recorder();
    expect(await runCli(['verify', 'cors.policy.json', ...args], terminal)).toBe(2);
    expect(error()).toContain(message);
  });
});
