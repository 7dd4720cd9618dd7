import { decidePreflight } from '../../lib/policy/decide-preflight.js';
import { decideResponse, prepareResponses } from '../../lib/policy/decide-response.js';
import { fc } from '../support/fast-check.js';
import { ANY, policy } from '../unit/policy/policies.js';
import { runs } from './runs.js';

/** What a header can hold: web views send `file://`, sandboxed frames `null`, and scripts anything. */
const sent = fc.oneof(
  fc.constantFrom('null', 'file://', '', 'https://app.example.com', 'HTTPS://APP.EXAMPLE.COM/'),
  fc.webUrl(),
  fc.string({ unit: 'binary-ascii', maxLength: 512 }),
  fc.integer({ min: 500, max: 520 }).map((length) => 'a'.repeat(length)),
);

test("with origin: '*', a preflight is allowed as the actual request is, up to 512 bytes", () => {
  const any = policy({ origin: ANY, methods: 'requested' });
  const prepared = prepareResponses(any);
  fc.assert(
    fc.property(sent, (origin) => {
      const toCorsRequest = () => {
        throw new Error('Nobody asks.');
      };
      const preflight = decidePreflight(
        { policies: [any], mapped: [], takesMethod: true },
        { origin, method: 'PUT', requestHeaders: 'x-a', toCorsRequest },
      );
      const response = decideResponse(prepared, { origin, toCorsRequest });
      const isBounded = origin.length <= 512;
      expect(response).toMatchObject({
        outcome: 'allowed',
        headers: ['Access-Control-Allow-Origin', '*'],
      });
      expect(preflight).toEqual({
        outcome: isBounded ? 'allowed' : 'malformed-origin',
        status: isBounded ? 204 : 403,
        headers: isBounded
          ? [
              'Access-Control-Allow-Origin',
              '*',
              'Access-Control-Allow-Methods',
              'PUT',
              'Access-Control-Allow-Headers',
              'x-a',
              'Access-Control-Max-Age',
              '600',
            ]
          : ['Content-Length', '0'],
      });
    }),
    { numRuns: runs(2000) },
  );
});
