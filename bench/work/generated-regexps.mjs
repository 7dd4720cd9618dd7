import fc from 'fast-check';

const atom = fc.constantFrom(
  ...['a', 'b', '1', '-', '\\.', '[a-z]', '[a-z0-9-]', '[^.]', '[^/]', '\\w', '[\\w.-]', '.', 'ab'],
);
const quantifier = fc.constantFrom('', '', '', '?', '*', '+', '*?', '{2,}', '{1,3}', '{0,60}');

const { expression } = fc.letrec((tie) => ({
  expression: fc
    .array(fc.array(tie('term'), { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((alternatives) => alternatives.map((terms) => terms.join('')).join('|')),
  term: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'depth' },
    { weight: 4, arbitrary: fc.tuple(atom, quantifier).map((parts) => parts.join('')) },
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom('(?:', '(?:', '(?=', '(?!', '(?<!'), tie('expression'), quantifier)
        .map(([head, inner, times]) => `${head}${inner})${head === '(?:' ? times : ''}`),
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
  const ends = fc.constantFrom('', '\\.example\\.com', '\\.[a-z]+', '(?::\\d+)?');
  const whole = fc
    .tuple(expression, ends)
    .map(([inner, end]) => `^https:\\/\\/(?:${inner})${end}$`);
  return fc.sample(whole, { numRuns: count, seed: 14 });
}
