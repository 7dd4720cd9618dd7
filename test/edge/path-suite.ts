import { Controller, Get, Module, Put, type Type } from '@nestjs/common';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Cors, CorsModule, CorsService } from 'nestjs-cors';
import { readPolicyFile } from '../../lib/policy-file/read-policy-file.js';
import { PLATFORMS, startApp } from '../support/platforms.js';
import { send } from '../support/send.js';
import type { EdgeSubject } from './edge-suite.js';
import { planFor } from './plan-for.js';
import { HOST } from './requests.js';
import { type RunningEdge, startEdge } from './start-edge.js';

const APP = 'https://app.example.com';
const EVIL = 'https://evil.example';

@Controller()
class VaultController {
  @Get('secret') @Cors({ origin: APP }) all() {}
  @Get('secret/:id') @Cors({ origin: APP }) one() {}
  @Put('secret/:id') @Cors({ origin: APP }) update() {}
  @Get('a/:id/b') @Cors({ origin: APP }) inner() {}
  @Get('open') open() {}
}
const CONTROLLERS: Type[] = [VaultController];

/** Anything is open that is not a secret: the wrong path is the wrong answer. */
@Module({ imports: [CorsModule.forRoot({ origin: '*' })], controllers: CONTROLLERS })
class OpenModule {}

@Module({
  imports: [
    CorsModule.forRoot({
      origin: '*',
      paths: {
        '/files/private/*': { origin: APP },
        '/ü/*': { origin: APP },
        '/hidden': { origin: APP },
      },
    }),
  ],
  controllers: CONTROLLERS,
})
class KeyedModule {}

/** Ways to write paths that servers do not agree on. */
const PATHS = [
  ...['/secret', '/secret/1', '/a/x/b', '/files/private/x', '/hidden', '/open'].flatMap((path) => [
    path,
    `${path}/`,
    `/${path}`,
    `//${path}`,
    path.toUpperCase(),
    `/.${path}`,
    `/x/..${path}`,
    `/x/%2e%2e${path}`,
    `/x/..;${path}`,
    `/x/.%00./..${path}`,
    `${path}/.`,
    `${path}/x/..`,
    `${path};x`,
    `${path}%3Bx`,
    `${path}%3Fx`,
    `${path}%23x`,
    `${path}?x=/y`,
    `${path}#x`,
    `${path}%20`,
    `${path}%00`,
    `${path}.`,
    `${path}%2f`,
    `${path}//`,
    path.replace(/.$/, (last) => `%${last.charCodeAt(0).toString(16)}`),
    path.replace(/\/(.)/, (_, first: string) => `/%${first.charCodeAt(0).toString(16)}`),
    path.replace(/\/(.)/, (_, first: string) => `//%${first.charCodeAt(0).toString(16)}`),
    `${path.replace(/(?<=.)\//, '%2F')}|`,
    `/|${path.replace(/(?<=.)\//, '%2F')}`,
    `/%7C%2F..${path}`,
    `/|%2F..%2F${path}`,
    path.replace(/\/(?=.+\/)/, '//'),
    path.replace(/(?<=.)\//, '//'),
    path.replace(/(?<=.)\//, '/./'),
    path.replace(/(?<=.)\//, '/x/../'),
    path.replace(/(?<=.)\//, '%2F'),
    path.replace(/(?<=.)\//, '%252F'),
    path.replace(/(?<=.)\//, '\\'),
    path.replace(/(?<=.)\//, '%5C'),
  ]),
  '/%C3%BC/x',
  '/%C3%9C/x',
  '/u%CC%88/x',
  '/%FC/x',
  '/%E2%84%AA',
  '/secret%2F|',
  '/secret%2F%7C',
  '/secret%2F%22"',
  '/secret/%',
  '/secret/%E0',
  '/secret/%E0%A4%A',
  `/secret/${'a'.repeat(6000)}`,
  `/secret/${'a'.repeat(6000)}%20`,
  `/secret/${'%20'.repeat(2000)}x`,
  `/secret/${'%C3%BC'.repeat(1000)}`,
  `/files/private/${'a'.repeat(6000)}`,
  `/files/private/${'.'.repeat(6000)}`,
  `/files/private/${'%2e'.repeat(2000)}`,
  `/open/${'%2e'.repeat(2000)}/../files/private/x`,
  `/open/${'../'.repeat(50)}files/private/x`,
];

/** A server without CORS that says which path it got. */
export async function startEcho(): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer((request, response) => {
    response.setHeader('x-got', encodeURIComponent(request.url ?? ''));
    response.end();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return { server, port: (server.address() as AddressInfo).port };
}

/** Whatever an edge makes of a path: it allows what the application allows of the one that it gets. */
export function describeForwardedPaths({ engine, target }: EdgeSubject): void {
  const cases = PLATFORMS.flatMap(({ platform }) =>
    [OpenModule, KeyedModule].flatMap((type) =>
      ['', '/api.v1'].map((basePath) => ({ platform, type, basePath, keys: type === KeyedModule })),
    ),
  );

  describe.each(cases)(
    `${engine.name} below '$basePath', before $platform, with paths: $keys`,
    ({ platform, type, basePath }) => {
      it('allows no more than the application does for the path that reaches it', async () => {
        const own = await startApp(platform, type);
        const echo = await startEcho();
        const file = readPolicyFile(JSON.stringify(own.app.get(CorsService).policy()), 'the file');
        let edge: RunningEdge | undefined;
        try {
          const files = target.files(await planFor(target, file, basePath), 'answer');
          const { port } = (edge = await startEdge(engine, files, echo.port));
          const looser: string[] = [];
          const allowed = { [APP]: 0, [EVIL]: 0 };
          for (const path of PATHS) {
            for (const origin of [APP, EVIL] as const) {
              const headers = { host: HOST, origin };
              const came = await send(port, 'GET', basePath + path, headers);
              const [, got] = came.lines.find(([name]) => name === 'x-got') ?? [];
              if (got === undefined) continue;
              const reached = decodeURIComponent(got);
              const asked = { ...headers, 'access-control-request-method': 'PUT' };
              for (const [method, sent, answer] of [
                ['GET', headers, came],
                ['OPTIONS', asked, await send(port, 'OPTIONS', basePath + path, asked)],
              ] as const) {
                const due = await send(own.port, method, reached, sent);
                const [given, right] = [answer, due].map(
                  ({ cors }) => cors['access-control-allow-origin'],
                );
                if (given === undefined) continue;
                allowed[origin] += 1;
                if (given !== right)
                  looser.push(`${method} ${path} as ${reached}: ${String(given)}`);
              }
            }
          }
          expect(looser.map((line) => line.slice(0, 200))).toEqual([]);
          expect([allowed[APP] > 20, allowed[EVIL] > 10]).toEqual([true, true]);
        } finally {
          await edge?.stop();
          echo.server.close();
          await own.app.close();
        }
      });
    },
  );
}
