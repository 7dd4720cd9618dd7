import type { HeaderLines, Simulation } from '../../../lib/browser/index.js';
import { simulate } from '../../../lib/browser/index.js';
import { type CheckRequest, pageRequest } from '../../../lib/diagnosis/check-request.js';
import { wantedOf } from '../../../lib/diagnosis/wanted.js';
import { checkArguments, PAGE } from './check-arguments.js';

async function simulated(
  over: Partial<CheckRequest>,
  status: number,
  headers: HeaderLines,
): Promise<{ readonly request: CheckRequest; readonly simulation: Simulation }> {
  const request = checkArguments(over);
  const simulation = await simulate({
    ...pageRequest(request),
    send: () => Promise.resolve({ status, headers }),
  });
  return { request, simulation };
}

async function rowsOf(over: Partial<CheckRequest>, status: number, headers: HeaderLines) {
  const { request, simulation } = await simulated(over, status, headers);
  return simulation.steps.map((step) =>
    wantedOf(step, request).map(({ name, wanted, came, outcome }) => [name, wanted, came, outcome]),
  );
}

const ALLOW = 'Access-Control-Allow-';

describe('wantedOf puts what a browser wanted beside what came', () => {
  it('for a simple request that is not allowed', async () => {
    expect(await rowsOf({}, 200, [['Content-Type', 'text/plain']])).toEqual([
      [[`${ALLOW}Origin`, `${PAGE} or *`, null, 'failed']],
    ]);
  });

  it('for a preflight: what failed, what passed, and what would fail next', async () => {
    const over = {
      method: 'PUT',
      credentials: true,
      headers: [
        ['content-type', 'application/json'],
        ['x-tenant', 'a'],
      ],
    } as const;
    const headers: HeaderLines = [
      [`${ALLOW}Origin`, PAGE],
      [`${ALLOW}Methods`, 'GET, PUT'],
      [`${ALLOW}Headers`, 'content-type'],
    ];
    expect(await rowsOf(over, 204, headers)).toEqual([
      [
        ['Status', '200 to 299', '204', 'passed'],
        [`${ALLOW}Origin`, PAGE, PAGE, 'passed'],
        [`${ALLOW}Credentials`, 'true', null, 'failed'],
        [`${ALLOW}Methods`, 'PUT', 'GET, PUT', 'passed'],
        [`${ALLOW}Headers`, 'content-type, x-tenant', 'content-type', 'next'],
      ],
    ]);
  });

  it('for a preflight that was redirected', async () => {
    const rows = await rowsOf({ method: 'PUT' }, 301, [['Location', '/other']]);
    expect(rows[0]).toEqual([
      ['Status', '200 to 299', '301', 'failed'],
      [`${ALLOW}Origin`, `${PAGE} or *`, null, 'next'],
      [`${ALLOW}Methods`, 'PUT', null, 'next'],
    ]);
  });

  it('for an exchange that is allowed, both times', async () => {
    const rows = await rowsOf({ method: 'PUT' }, 200, [
      [`${ALLOW}Origin`, '*'],
      [`${ALLOW}Methods`, '*'],
    ]);
    expect(rows.flat().map(([, , , outcome]) => outcome)).toEqual(Array(4).fill('passed'));
  });

  it('with the list that failed, although no name was asked for', async () => {
    const rows = await rowsOf({ forcePreflight: true }, 204, [
      [`${ALLOW}Origin`, '*'],
      [`${ALLOW}Headers`, 'a b'],
    ]);
    expect(rows[0]?.at(-1)).toEqual([`${ALLOW}Headers`, '', 'a b', 'failed']);
  });

  it('in printable words, however long', async () => {
    const rows = await rowsOf({}, 200, [[`${ALLOW}Origin`, `\u001b[31m${'x'.repeat(400)}`]]);
    expect(rows[0]?.[0]?.[2]).toMatch(/^\\u001B\[31mx+\.\.\. \(405 characters\)$/);
  });

  it('nothing for a request of the own origin, which nobody checks', async () => {
    expect(await rowsOf({ url: `${PAGE}/orders` }, 200, [])).toEqual([[]]);
  });
});
