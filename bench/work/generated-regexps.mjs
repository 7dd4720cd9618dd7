import { array, constantFrom, letrec, oneof, sample, tuple } from 'fast-check';

const atom = constantFrom(
  'a',
  'b',
  '1',
  '-',
  '\\.',
  '[a-z]',
  '[a-z0-9-]',
  '[^.]',
  '[^/]',
  '\\w',
  '[\\w.-]',
  '.',
  'ab',
);
const quantifier = constantFrom('', '', '', '?', '*', '+', '*?', '{2,}', '{1,3}', '{0,20}');

const { expression } = letrec((tie) => ({
  expression: array(array(tie('term'), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 3,
  }).map((alternatives) => alternatives.map((terms) => terms.join('')).join('|')),
  term: oneof(
    { maxDepth: 4, depthIdentifier: 'depth' },
    { weight: 4, arbitrary: tuple(atom, quantifier).map((parts) => parts.join('')) },
    {
      weight: 3,
      arbitrary: tuple(
        constantFrom('(?:', '(?:', '(?=', '(?!', '(?<!'),
        tie('expression'),
        quantifier,
      ).map(([head, inner, times]) => [head, inner, ')', head === '(?:' ? times : ''].join('')),
    },
  ),
}));

/**
 * Expressions for origins, nested and repeated as those are that backtracking is slow with; many of
 * them are refused at boot. Always the same ones.
 *
 * @param {number} count
 * @returns {string[]} their sources
 */
export function generatedRegExps(count) {
  const ends = constantFrom('', '\\.example\\.com', '\\.[a-z]+', '(?::\\d+)?');
  const whole = tuple(expression, ends).map(([inner, end]) => `^https:\\/\\/(?:${inner})${end}$`);
  return sample(whole, { numRuns: count, seed: 14 });
}
