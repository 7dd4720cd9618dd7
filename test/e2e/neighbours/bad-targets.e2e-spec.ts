import { connect } from 'node:net';
import { Controller, Get, Header, Module, type INestApplication } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { PLATFORMS } from '../../support/platforms.js';
import { startOn } from '../../support/start-on.js';

const GLOBAL = 'https://global.example.com';
const OPEN = 'https://open.example.com';
const SHUT = 'https://shut.example.com';
const ALL = [GLOBAL, OPEN, SHUT];

/** What a handler answers with, so that a test knows whose policy must hold. */
@Controller('open')
@Cors({ origin: OPEN })
class OpenController {
  @Get('exact') @Header('x-policy', OPEN) exact() {
    return {};
  }
  @Get(':id') @Header('x-policy', OPEN) byId() {
    return {};
  }
  @Get(':id/below/:other') @Header('x-policy', OPEN) below() {
    return {};
  }
}

@Controller('shut')
@Cors({ origin: SHUT })
class ShutController {
  @Get('exact') @Header('x-policy', SHUT) exact() {
    return {};
  }
  @Get(':id') @Header('x-policy', SHUT) byId() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: GLOBAL })],
  controllers: [OpenController, ShutController],
})
class TargetsModule {}

interface RawAnswer {
  readonly status: number;
  readonly allowed: string | undefined;
  /** Which policy the handler that ran says it has. */
  readonly served: string | undefined;
}

/** Writes a request byte for byte: an HTTP client would mend or refuse such targets. */
function exchange(
  port: number,
  method: string,
  target: string,
  headers: Record<string, string>,
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = ''] = text.split('\r\n\r\n');
      const [statusLine = '', ...lines] = head.split('\r\n');
      const valuesOf = (name: string) =>
        lines.filter((line) => line.toLowerCase().startsWith(`${name}: `));
      const valueOf = (name: string) => valuesOf(name)[0]?.slice(name.length + 2);
      if (valuesOf('access-control-allow-origin').length > 1) {
        reject(new Error(head));
        return;
      }
      resolve({
        status: Number(statusLine.split(' ')[1]),
        allowed: valueOf('access-control-allow-origin'),
        served: valueOf('x-policy'),
      });
    });
    const lines = Object.entries({ host: 'localhost', connection: 'close', ...headers });
    socket.write(
      `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`,
      'latin1',
    );
  });
}

const TARGETS: [string, string][] = [
  ['64 kB of path', `/open/${'x'.repeat(64_000)}`],
  ['16 kB of path, as much as Node takes', `/open/${'x'.repeat(15_000)}`],
  ['thousands of segments', `/open/${'a/'.repeat(5_000)}`],
  ['thousands of slashes', `/open${'/'.repeat(10_000)}exact`],
  ['a long query', `/open/exact?${'q=/shut/exact&'.repeat(800)}`],
  ['dot segments', '/open/../shut/exact'],
  ['encoded dot segments', '/open/%2e%2e/shut/exact'],
  ['dot segments below a parameter', '/open/../below/exact'],
  ['a single dot', '/open/./exact'],
  ['two leading slashes', '//open/exact'],
  ['two slashes within', '/open//exact'],
  ['an empty parameter', '/open/'],
  ['an encoded slash', '/open%2Fexact'],
  ['an encoded slash in a parameter', '/open/a%2Fb'],
  ['a backslash', '/open\\exact'],
  ['an encoded backslash', '/open%5Cexact'],
  ['NUL, encoded', '/open/%00'],
  ['NUL, encoded, behind a path', '/open/exact%00'],
  ['half an escape', '/open/%'],
  ['a malformed escape', '/open/%zz'],
  ['malformed UTF-8', '/open/%E0%A4%A'],
  ['malformed UTF-8 beside a path', '/open/exact%C0%AE'],
  ['an overlong slash', '/open%C0%AFexact'],
  ['a letter, encoded', '/%6Fpen/exact'],
  ['an encoded percent sign', '/open/%2525'],
  ['bytes beyond ASCII', '/open/\u00fc'],
  ['a semicolon', '/open/exact;/shut/exact'],
  ['an encoded question mark', '/open/exact%3F/shut'],
  ['a fragment', '/open/exact#/shut/exact'],
  ['a colon of the pattern', '/open/:id'],
  ['an asterisk', '*'],
  ['absolute form', 'http://localhost/open/exact'],
  ['absolute form with another host', 'http://evil.example/shut/exact'],
  ['absolute form without a path', 'http://localhost'],
  ['absolute form with user and password', 'http://a:b@localhost/open/exact'],
  ['absolute form without a host', 'http:///open/exact'],
  ['a scheme alone', 'http:'],
  ['no leading slash', 'open/exact'],
];

describe.each(PLATFORMS)('bad request targets on $platform', ({ adapter }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startOn(adapter(), TargetsModule));
  });
  afterAll(() => app.close());

  it.each(TARGETS)('%s', async (_, target) => {
    for (const origin of ALL) {
      const asked = await exchange(port, 'OPTIONS', target, {
        origin,
        'access-control-request-method': 'GET',
      });
      const answer = await exchange(port, 'GET', target, { origin });
      const { served } = answer;
      // A handler that ran has the last word, and the preflight said the same; where none ran the
      // answer is that of Node's parser (no header at all), or the policy of whoever was asked.
      if (served !== undefined) {
        expect([asked.allowed, answer.allowed]).toEqual(
          origin === served ? [origin, origin] : [undefined, undefined],
        );
      } else {
        const silent = answer.allowed === undefined && asked.allowed === undefined;
        const global = origin === GLOBAL && answer.allowed === GLOBAL;
        expect([answer.status >= 400, silent || global]).toEqual([true, true]);
      }
    }
    // Nothing of this ends the process, or the application.
    const alive = await exchange(port, 'GET', '/open/exact', { origin: OPEN });
    expect(alive).toEqual({ status: 200, allowed: OPEN, served: OPEN });
  });
});
