import { MIMEType } from 'node:util';
import { mimeEssence } from '../../lib/browser/http/request-headers.js';
import { fc } from '../support/fast-check.js';
import { runs } from './runs.js';

/** What matters to the parser is frequent: separators, whitespace, tokens, and what is neither. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', ';', ' ', '\t', '\r', '\n', '=', '"', ',', '\u000b', '\u00e9'),
      fc.constantFrom('text', 'Plain', 'application', 'json', '*', 'charset=utf-8', 'x+y'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 9 },
  )
  .map((parts) => parts.join(''));

function essenceByNode(value: string): string | null {
  try {
    return new MIMEType(value).essence;
  } catch {
    return null;
  }
}

describe('mimeEssence', () => {
  it('agrees with MIMEType of Node', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(mimeEssence(value)).toBe(essenceByNode(value));
      }),
      { numRuns: runs(5000) },
    );
  });
});
