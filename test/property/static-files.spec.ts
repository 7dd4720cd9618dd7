import { connect } from 'node:net';
import type { INestApplication } from '@nestjs/common';
import { CorsModule } from 'nestjs-cors';
import { fc } from '../support/fast-check.js';
import { spellingOf } from '../support/path-spellings.js';
import { startApp } from '../support/platforms.js';
import { FILE_SERVERS, StaticFiles } from '../support/static-files.js';
import { runs } from './runs.js';

const RUNS = runs(400);

const originOf = (name: string) => `https://${name}.example.com`;

/** Each file, and the page that its own policy allows. */
const FILES: Readonly<Record<string, string>> = {
  'public/a.txt': originOf('public'),
  'public/private/a.txt': originOf('public'),
  'private/a.txt': originOf('private'),
  'private/shared/a.txt': originOf('shared'),
  '@team/a.txt': originOf('team'),
  'my files/a.txt': originOf('mine'),
  'café/a.txt': originOf('cafe'),
  schema: originOf('schema'),
  'a.txt': originOf('app'),
};
const PAGES = [...new Set(Object.values(FILES))];

const application = {
  module: class AppModule {},
  imports: [
    CorsModule.forRoot({
      origin: originOf('app'),
      diagnostics: false,
      paths: {
        '/public/*': { origin: originOf('public') },
        '/private/*': { origin: originOf('private') },
        '/private/shared/*': { origin: originOf('shared') },
        '/@team/*': { origin: originOf('team') },
        '/my%20files/*': { origin: originOf('mine') },
        '/café/*': { origin: originOf('cafe') },
        '/schema': { origin: originOf('schema') },
      },
    }),
  ],
};

describe.each(FILE_SERVERS)(
  'files on $platform, served by $server',
  ({ platform, server, serve }) => {
    const files = new StaticFiles(Object.keys(FILES));
    let app: INestApplication;
    let port: number;

    beforeAll(async () => {
      ({ app, port } = await startApp(platform, application, {
        configure: (created) => serve(created, files.root),
      }));
    });
    afterAll(async () => {
      await app.close();
      files.remove();
    });

    it(
      'no spelling lets a page read a file that the policy of the file does not let it read',
      async () => {
        const climbing = [
          ['public', '..', 'private', 'a.txt'],
          ['private', 'shared', '..', '..', 'schema'],
          ['x', '..', '@team', 'a.txt'],
          ['private', 'shared', '..', 'a.txt'],
        ];
        const target = fc
          .constantFrom(...Object.keys(FILES).map((file) => file.split('/')), ...climbing)
          .chain(spellingOf);
        let served = 0;
        let readable = 0;
        await fc.assert(
          fc.asyncProperty(target, async (path) => {
            const answers = await exchange(port, [
              ...PAGES.map((origin) => `GET ${path} HTTP/1.1\r\norigin: ${origin}`),
              ...PAGES.map(
                (origin) =>
                  `OPTIONS ${path} HTTP/1.1\r\norigin: ${origin}\r\naccess-control-request-method: GET`,
              ),
            ]);
            const [first] = answers;
            if (first?.status !== 200) return;
            served++;
            const policy = FILES[first.body];
            const readers = (from: number) =>
              PAGES.filter((_, index) => answers[from + index]?.allowed !== undefined);
            const [actual, preflights] = [readers(0), readers(PAGES.length)];
            if (actual.length > 0) readable++;
            expect({ path, actual, preflights }).toEqual({
              path,
              actual: actual.length === 0 ? [] : [policy],
              preflights: actual,
            });
          }),
          { numRuns: RUNS },
        );
        // @fastify/static itself refuses nearly every other spelling.
        const least = server === 'express.static' ? RUNS / 50 : 0;
        expect([served > least, readable > least]).toEqual([true, true]);
      },
      60_000 + RUNS * 100,
    );
  },
);

interface Exchanged {
  readonly status: number;
  readonly allowed: string | undefined;
  readonly body: string;
}

/** Sends each request over a socket of its own, byte for byte: a client would mend the paths. */
async function exchange(port: number, requests: readonly string[]): Promise<Exchanged[]> {
  const texts = await Promise.all(requests.map((request) => send(port, request)));
  return texts.map((text) => {
    const [head = '', body = ''] = text.split('\r\n\r\n');
    return {
      status: Number(head.split(' ')[1]),
      allowed: /^access-control-allow-origin: (.*)$/im.exec(head)?.[1],
      body: Buffer.from(body, 'latin1').toString(),
    };
  });
}

function send(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
    socket.write(`${request}\r\nhost: localhost\r\nconnection: close\r\n\r\n`, 'latin1');
  });
}
