import type { HeaderLines, ReceivedResponse } from '../../../lib/browser/index.js';
import type { CheckRequest } from '../../../lib/diagnosis/check-request.js';
import { judgeResponses } from '../../../lib/diagnosis/judge-response.js';
import { proofOf } from '../../../lib/diagnosis/proof.js';
import { SERVER_NAMES } from '../../../lib/diagnosis/servers/servers.js';
import { checkArguments, PAGE, URL_ASKED } from './check-arguments.js';

const ALLOW = 'Access-Control-Allow-';

async function proven(
  over: Partial<CheckRequest>,
  ...responses: readonly (Omit<ReceivedResponse, 'headers'> & {
    readonly method?: string;
    readonly url?: string;
    readonly headers: HeaderLines;
  })[]
) {
  const request = checkArguments(over);
  const { simulation, change } = await judgeResponses(request, responses);
  if (change === null) throw new Error(`Expected a change for ${simulation.failedCheck}`);
  return { simulation, change, proof: await proofOf(request, simulation, change) };
}

const PUT = {
  method: 'PUT',
  credentials: true,
  headers: [
    ['content-type', 'application/json'],
    ['authorization', 'Bearer x'],
  ],
} as const;

function preflight(status: number, ...headers: HeaderLines) {
  return { method: 'OPTIONS', status, headers };
}

describe('proofOf makes the same exchange with the change', () => {
  it.each([
    ['ACAO_MISSING', PUT, preflight(204)],
    ['ACAO_MISMATCH', PUT, preflight(204, [`${ALLOW}Origin`, 'https://b.example'])],
    ['ACAO_INVALID', PUT, preflight(204, [`${ALLOW}Origin`, 'app.example.com'])],
    ['ACAO_MULTIPLE', PUT, preflight(204, [`${ALLOW}Origin`, `${PAGE}, https://b.example`])],
    ['ACAO_MULTIPLE', PUT, preflight(204, [`${ALLOW}Origin`, PAGE], [`${ALLOW}Origin`, '*'])],
    ['ACAO_WILDCARD_CREDENTIALS', PUT, preflight(204, [`${ALLOW}Origin`, '*'])],
    ['ACAC_NOT_TRUE', PUT, preflight(204, [`${ALLOW}Origin`, PAGE])],
    [
      'PREFLIGHT_STATUS',
      PUT,
      preflight(401, [`${ALLOW}Origin`, PAGE], [`${ALLOW}Credentials`, 'true']),
    ],
    [
      'METHOD',
      PUT,
      preflight(
        204,
        [`${ALLOW}Origin`, PAGE],
        [`${ALLOW}Credentials`, 'true'],
        [`${ALLOW}Methods`, 'GET'],
      ),
    ],
    [
      'HEADER',
      PUT,
      preflight(
        204,
        [`${ALLOW}Origin`, PAGE],
        [`${ALLOW}Credentials`, 'true'],
        [`${ALLOW}Methods`, 'PUT'],
      ),
    ],
    [
      'AUTHORIZATION_WILDCARD',
      { ...PUT, credentials: false },
      preflight(204, [`${ALLOW}Origin`, '*'], [`${ALLOW}Methods`, '*'], [`${ALLOW}Headers`, '*']),
    ],
  ] as const)('%s: allowed in all three', async (check, over, response) => {
    const { simulation, proof } = await proven(over, response);
    expect(simulation.failedCheck).toBe(check);
    expect(proof).toEqual({
      isAllowed: true,
      sentence: 'With this change, it is allowed in all three.',
      browsers: ['chromium', 'firefox', 'safari'].map((browser) => ({
        browser,
        isAllowed: true,
        failedCheck: null,
        cause: null,
      })),
    });
  });

  it.each(SERVER_NAMES)('for %s: allowed in all three', async (server) => {
    const { change, proof } = await proven({ ...PUT, server }, preflight(204));
    expect(change.for).toBe(server);
    expect(proof?.isAllowed).toBe(true);
  });

  it('says what still fails: behind the redirect, the request has no origin', async () => {
    const { change, proof } = await proven(
      { credentials: true },
      {
        url: URL_ASKED,
        status: 302,
        headers: [
          [`${ALLOW}Origin`, PAGE],
          ['Location', 'https://cdn.example.com/1'],
        ],
      },
    );
    expect(change.for).toBe('nestjs-cors');
    expect(proof?.sentence).toBe(
      'With this change, it is still blocked in Chromium, Firefox, and Safari.',
    );
    expect(proof?.browsers[0]).toEqual({
      browser: 'chromium',
      isAllowed: false,
      failedCheck: 'ACAO_MISSING',
      cause: expect.stringMatching(/The request carries `Origin: null`/),
    });
  });

  it('in the page: a method in upper case', async () => {
    const { change, proof } = await proven(
      { method: 'patch' },
      preflight(204, [`${ALLOW}Origin`, PAGE], [`${ALLOW}Methods`, 'PATCH']),
    );
    expect(change.for).toBe('page');
    expect(proof?.sentence).toBe('With this change, it is allowed in all three.');
  });

  it('in the page: a method in upper case, where something else is wrong as well', async () => {
    const { proof } = await proven(
      { method: 'patch', headers: [['x-tenant', 'a']] },
      preflight(204, [`${ALLOW}Origin`, PAGE], [`${ALLOW}Methods`, 'PATCH']),
    );
    expect(proof?.sentence).toBe(
      'With this change, it is still blocked in Chromium, Firefox, and Safari.',
    );
    expect(proof?.browsers.map(({ failedCheck }) => failedCheck)).toEqual(Array(3).fill('HEADER'));
    expect(proof?.browsers[0]?.cause).toMatch(/does not contain `x-tenant`/);
  });

  it('in the page: a response header that it sends', async () => {
    const { proof } = await proven(
      { headers: [['access-control-allow-origin', '*']] },
      preflight(204, [`${ALLOW}Origin`, PAGE]),
    );
    expect(proof?.isAllowed).toBe(true);
  });

  it('says nothing of a server that was never seen', async () => {
    const { change, proof } = await proven(
      { method: 'PUT' },
      preflight(301, ['Location', 'https://www.example.com/orders/1']),
    );
    expect(change.for).toBe('page');
    expect(proof).toBeNull();
  });
});
