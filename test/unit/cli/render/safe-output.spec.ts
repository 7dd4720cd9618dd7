import type { ReceivedResponse } from '../../../../lib/browser/index.js';
import { reportJson } from '../../../../lib/cli/render/json.js';
import { reportText } from '../../../../lib/cli/render/text.js';
import { check } from '../../../../lib/diagnosis/check.js';
import { fc } from '../../../support/fast-check.js';
import { checkArguments, PAGE } from '../../diagnosis/check-arguments.js';
import { fakeServer } from '../../diagnosis/fake-server.js';
import { recorder } from '../recorder.js';

const names = [
  'Access-Control-Allow-Origin',
  'Access-Control-Allow-Credentials',
  'Access-Control-Allow-Methods',
  'Access-Control-Allow-Headers',
  'Access-Control-Expose-Headers',
  'Access-Control-Max-Age',
  'Vary',
  'Location',
  'WWW-Authenticate',
  'X-Other',
];

/** Any byte may occur in a value; the values that lead further are frequent. */
const value = fc.oneof(
  fc.constantFrom(PAGE, '*', 'null', 'true', 'PUT', 'x-a', 'https://b.test/', '/x'),
  fc.string({ unit: fc.integer({ min: 1, max: 255 }).map((code) => String.fromCharCode(code)) }),
);
const line = fc.tuple(fc.oneof(fc.constantFrom(...names), fc.string({ unit: 'grapheme' })), value);
const answer: fc.Arbitrary<ReceivedResponse> = fc.record({
  status: fc.constantFrom(200, 204, 301, 401, 404, 500),
  headers: fc.array(line, { maxLength: 8 }),
});

describe('whatever a server sends', () => {
  it('reaches the terminal only as printable characters', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('chromium', 'firefox', 'safari'),
        fc.boolean(),
        async (answers, browser, credentials) => {
          let asking = 0;
          const { send } = fakeServer(() => answers[(asking += 1) % answers.length] ?? null);
          const headers = [['x-a', '1']] as const;
          const report = await check(
            checkArguments({ method: 'PUT', headers, browser, credentials }),
            send,
          );
          const text = reportText(report, recorder().terminal);
          expect(text.replaceAll(/[\n\u0020-\u007e✓✗→·‘’]/g, '')).toBe('');
          const json = reportJson({ paste: null, judged: null, report, exitCode: 0 });
          expect(json.replaceAll(/[\n\u0020-\u007e]/g, '')).toBe('');
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is cut where it is too long to be read', async () => {
    const long = 'x'.repeat(100_000);
    const { send } = fakeServer(() => ({
      status: 200,
      headers: [
        ['Access-Control-Allow-Origin', long],
        ...Array.from({ length: 1000 }, () => ['Vary', long] as const),
      ],
    }));
    const text = reportText(await check(checkArguments(), send), recorder().terminal);
    expect(text.length).toBeLessThan(20_000);
    expect(text.split('\n').slice(3, 5)).toEqual([
      '✗ GET /orders/1 → 200',
      `    Access-Control-Allow-Origin: ${'x'.repeat(271)}... (100029 characters)`,
    ]);
    expect(text).toContain('\n    ... 981 more lines\n');
  });
});
