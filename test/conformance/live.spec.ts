import { readFileSync } from 'node:fs';
import { METHODS } from 'node:http';
import { dirname, join } from 'node:path';
import { All, Controller, type INestApplication, Module } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { simulate } from 'nestjs-cors/browser';
import { BROWSER_NAMES } from '../../lib/browser/simulation.js';
import { normalizeMethod } from '../../lib/fetch/methods.js';
import { browserSend } from '../support/browser-send.js';
import { PLATFORMS, startApp } from '../support/platforms.js';

interface Row {
  readonly id: string;
  readonly requestOrigin: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly credentials: boolean;
}

const CASES = join(dirname(expect.getState().testPath ?? ''), '..', 'cases');

/** The requests of the browser cases: what pages ask for, whatever the server in the case said. */
function requests(): Row[] {
  return ['spec-cases.json', 'wpt-cases.json', 'wpt-redirect-cases.json'].flatMap(
    (file) => JSON.parse(readFileSync(join(CASES, file), 'utf8')) as Row[],
  );
}

const notOpaque = (origin: string) => origin !== 'null';

@Controller()
class PoliciesController {
  @All('any') @Cors({ origin: '*' }) any() {
    return {};
  }
  @All('anonymous') @Cors({ origin: notOpaque }) anonymous() {
    return {};
  }
  @All('credentialed') @Cors({ origin: notOpaque, credentials: true }) credentialed() {
    return {};
  }
  @All('nobody') @Cors({ origin: 'https://nobody.example.com', credentials: true }) nobody() {
    return {};
  }
  @All('off') @Cors(false) off() {
    return {};
  }
}

@Module({
  imports: [CorsModule.forRoot({ origin: 'https://nobody.example.com' })],
  controllers: [PoliciesController],
})
class AppModule {}

/** What each policy is for: which of these requests a page gets through. */
const EXPECTED: Readonly<Record<string, (row: Row) => boolean>> = {
  any: ({ credentials }) => !credentials,
  anonymous: ({ requestOrigin, credentials }) => notOpaque(requestOrigin) && !credentials,
  credentialed: ({ requestOrigin }) => notOpaque(requestOrigin),
  nobody: () => false,
  off: () => false,
};

/** `node:http` sends no control bytes and reads no methods but those of its own list. */
const sendable = ({ method, headers }: Row) =>
  METHODS.includes(normalizeMethod(method)) &&
  !/\\u00[01]|\\u007f|[\u007f]/.test(JSON.stringify(headers));

describe.each(PLATFORMS)('the browser cases against $platform', ({ platform }) => {
  let app: INestApplication;
  let port: number;

  beforeAll(async () => {
    ({ app, port } = await startApp(platform, AppModule));
  });
  afterAll(() => app.close());

  it.each(Object.keys(EXPECTED))('policy %s', async (policy) => {
    const rows = requests().filter(sendable);
    const wrong: unknown[] = [];
    for (const [index, row] of rows.entries()) {
      const { verdict, failedCheck } = await simulate({
        pageOrigin: row.requestOrigin,
        url: `http://127.0.0.1:${port}/${policy}`,
        method: row.method,
        headers: row.headers,
        credentials: row.credentials ? 'include' : 'omit',
        browser: BROWSER_NAMES[index % BROWSER_NAMES.length] ?? 'chromium',
        // What the cases are about is CORS: to Safari, http on this computer is mixed content.
        mixedContent: 'note',
        send: browserSend,
      });
      const wanted = EXPECTED[policy]?.(row) === true ? 'allowed' : 'blocked';
      if (verdict !== wanted) wrong.push({ id: row.id, verdict, failedCheck });
    }
    expect([rows.length > 250, wrong]).toEqual([true, []]);
  });
});
