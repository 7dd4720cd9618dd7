import { readOriginRegExp } from '../../lib/options/language/read-origin-regexp.js';
import { fc } from '../support/fast-check.js';
const atom = fc.constantFrom('a','b','.','[ab]','[^a]','\\w','\\d','[^]','[a-z0-9-]','[^.]','\\.','[a-z]','.','[^/]');
const quant = fc.constantFrom('','?','*','+','{2}','{0,2}','{1,3}','{2,}','{1,63}','{0,20}','{1,200}','{5,30}','{3,8}','{1,1000}','{0,61}');
const { expression } = fc.letrec<{ expression: string; term: string; group: string }>((tie) => ({
  expression: fc.array(fc.array(tie('term'), { maxLength: 4 }), { minLength: 1, maxLength: 3 }).map((a) => a.map((t) => t.join('')).join('|')),
  term: fc.oneof({ maxDepth: 3, depthIdentifier: 'd' }, { weight: 5, arbitrary: fc.tuple(atom, quant).map((p) => p.join('')) },
    { weight: 1, arbitrary: fc.constantFrom('\\b','\\B','(?<=a)','(?<!b)','(?<!^a)','$','(?<=\\.[a-z]{1,9})','(?!.*--)','(?=.{1,63}$)','(?<![a-z]{3,20})') },
    { weight: 3, arbitrary: tie('group') }),
  group: fc.tuple(fc.constantFrom('(?:','(?:','(?=','(?!','(?<=','(?<!'), tie('expression'), quant).map(([h, i, t]) => `${h}${i})${/[=!]$/.test(h) ? '' : t}`),
}));
test('worst', () => {
  const rows: [number, string, string, number][] = [];
  const sources = fc.sample(expression.map((i) => `^https://(?:${i})$`), { numRuns: 20000, seed: Number(process.env['SEED'] ?? 7) });
  for (const source of sources) {
    let r: RegExp; try { r = new RegExp(source); } catch { continue; }
    let best = Infinity, faults = '', states = 0;
    for (let k = 0; k < 3; k++) {
      const t = performance.now(); const read = readOriginRegExp(r); const d = performance.now() - t;
      best = Math.min(best, d); faults = read.faults.join(); states = read.language?.accepting.length ?? 0;
      if (d < 10) break;
    }
    rows.push([best, faults, source, states]);
  }
  rows.sort((a, b) => b[0] - a[0]);
  console.log(rows.length, rows.slice(0, 25).map((r) => `${r[0].toFixed(1)} ${r[1]} ${r[3]} ${r[2].slice(0, 160)}`).join('\n'));
}, 900000);
