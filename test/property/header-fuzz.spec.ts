import { isSerializedOrigin } from '../../lib/fetch/origins.js';
import { buildAutomaton } from '../../lib/options/language/build-automaton.js';
import { decidePreflight } from '../../lib/policy/decide-preflight.js';
import { mergeVary } from '../../lib/policy/merged-lists.js';
import { compileOriginList } from '../../lib/policy/origins/origin-list.js';
import { parseOrigin } from '../../lib/policy/origins/parse-origin.js';
import { parseRequestHeaderNames } from '../../lib/policy/request-header-names.js';
import { policy } from '../unit/policy/policies.js';
import { runs } from './runs.js';

/** Pieces of which headers are made; most inputs are nearly right. */
const PIECES = (
  'x-a|content-type|,|, |,,| |\t|*|a|\u0000|\u00ff|"|{|https://|http://|a.example.com|example.com|' +
  ':|443|8080|/|@|.|..|[::1]|null|xn--|A|-|Origin'
)
  .split('|')
  .concat('x'.repeat(300), ','.repeat(300), ' '.repeat(9000));

/** A small generator of its own (xorshift): a million inputs in seconds, the same each time. */
function inputs(seed: number): () => string {
  let state = seed;
  const next = (below: number) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
  return () => {
    let text = '';
    for (let count = next(7); count >= 0; count -= 1) text += PIECES[next(PIECES.length)] ?? '';
    return text;
  };
}

it('no header makes the core throw, and every decision is of a known kind', () => {
  const input = inputs(20_261_121);
  const patterns = ['https://*.example.com', 'http://a.example.com:*', 'https://example.com'];
  const origin = compileOriginList(
    patterns.map((text) => {
      const parsed = parseOrigin(text);
      if (typeof parsed === 'string') throw new Error(parsed);
      return parsed;
    }),
    [buildAutomaton({ source: '^https:\\/\\/[a-z]+\\.example\\.com$', flags: '' })],
  );
  const only = policy({ origin });
  const target = { policies: [only], mapped: [], takesMethod: true };
  const seen = new Set<string>();

  for (let run = runs(50_000); run > 0; run -= 1) {
    const [first, second] = [input(), input()];
    const names = parseRequestHeaderNames(run % 2 === 0 ? first : [first, second]);
    const decision = decidePreflight(target, {
      origin: second,
      method: first,
      requestHeaders: names === null ? 'x-a' : first,
      toCorsRequest: () => {
        throw new Error('No function is to be asked.');
      },
    });
    if (decision instanceof Promise) throw new Error('Nothing here takes time.');
    seen.add(
      `${names === null ? 'null' : 'names'} ${isSerializedOrigin(second)} ${decision.outcome}`,
    );
    const vary = mergeVary(first, ['Origin']);
    if (mergeVary(vary, ['Origin']) !== vary) throw new Error(`Vary of ${JSON.stringify(first)}`);
    if (names !== null && names.length > 128) throw new Error('More names than allowed.');
    if (decision.status === 204 && !isSerializedOrigin(second)) throw new Error(second);
  }
  expect([...seen].some((kind) => kind.startsWith('names true allowed'))).toBe(true);
  expect([...seen].every((kind) => /^(null|names) (true|false) [a-z-]+$/.test(kind))).toBe(true);
});
