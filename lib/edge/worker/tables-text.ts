import type { Expression } from '../expression.js';
import type {
  AnnouncedNames,
  Cell,
  CellsByMethod,
  Decision,
  EdgeAnswer,
  EdgeTables,
} from '../tables.js';

/** The tables as JavaScript, a row a line. */
export function tablesText(tables: EdgeTables): readonly string[] {
  const { guards, places, elsewhere, cells, rules, answers } = tables;
  const literals = places.flatMap(({ literals: paths = [] }, index) =>
    paths.map((path) => `  [${quoted(path)}, ${index}],`),
  );
  return [
    '// Paths that a router does not read as they are written: expression, cells.',
    'const GUARDS = [',
    ...guards.flatMap(({ comment, path, cells: ofGuard }) => [
      `  // ${comment}`,
      `  [${regexp(path)}, ${cellsText(ofGuard)}],`,
    ]),
    '];',
    '',
    '// Places, the most specific first: expression, cells, cells of odd paths, expression with escapes.',
    'const PLACES = [',
    ...places.map(({ comment, path, escapedPath, cells: ofPlace, oddCells }) => {
      const odd = oddCells === undefined ? 'undefined' : cellsText(oddCells);
      const more = escapedPath === undefined ? '' : `, ${regexp(escapedPath)}`;
      return `  [${regexp(path)}, ${cellsText(ofPlace)}, ${odd}${more}], // ${comment}`;
    }),
    '];',
    '',
    '// The places of paths without parameters.',
    'const LITERALS = new Map([',
    ...literals,
    ']);',
    '',
    '// Any other path.',
    `const ELSEWHERE = [undefined, ${cellsText(elsewhere.cells)}, ${elsewhere.oddCells === undefined ? 'undefined' : cellsText(elsewhere.oddCells)}];`,
    '',
    '// Lists of origins.',
    'const RULES = [',
    ...rules.flatMap(({ comment, exact, expressions }) => [
      `  // ${comment}`,
      `  [new Set(${JSON.stringify(exact)}), [${expressions.map(({ origin }) => regexp(origin)).join(', ')}]],`,
    ]),
    '];',
    '',
    '// Preflights, preflights that cannot be read, responses: the lists that matter, and an answer for',
    '// each way in which they hold.',
    'const CELLS = {',
    ...cells.map((cell) => `  ${cell.id}: ${cellText(cell)},`),
    '};',
    '',
    'const ANSWERS = {',
    ...answers.map((answer) => `  ${answer.id}: ${answerText(answer)},`),
    '};',
  ];
}

/** As a literal; what JSON takes for text and JavaScript for the end of a line is not in it. */
export function quoted(text: string): string {
  return JSON.stringify(text);
}

export function regexp({ source, ignoreCase }: Expression): string {
  return `/${source.replace(/\\.|\//g, (found) => (found === '/' ? '\\/' : found))}/${ignoreCase ? 'i' : ''}`;
}

function cellsText({ byMethod, other }: CellsByMethod): string {
  const rows = Array.from(byMethod, ([method, cell]) => `${quoted(method)}: '${cell}'`);
  return `[{ ${rows.join(', ')} }, '${other}']`.replace('{  }', '{}');
}

function cellText({ preflight, malformed, response }: Cell): string {
  const parts = [
    decisionText('preflight', preflight),
    malformed === undefined ? '' : `malformed: '${malformed}'`,
    decisionText('response', response),
  ].filter((part) => part !== '');
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`;
}

function decisionText(name: string, decision: Decision | undefined): string {
  if (decision === undefined) return '';
  const rows = Array.from(decision.answers, ([bits, answer]) => `'${bits}': '${answer}'`);
  return `${name}: [[${decision.rules.join(', ')}], { ${rows.join(', ')} }]`;
}

function answerText({ allowMethods, allowHeaders, ...answer }: EdgeAnswer): string {
  const said: [string, unknown][] = Object.entries(answer).filter(
    ([name, value]) => name !== 'id' && value !== undefined && value !== false,
  );
  if (isSaid(allowMethods)) said.push(['allowMethods', allowMethods]);
  if (isSaid(allowHeaders)) said.push(['allowHeaders', allowHeaders]);
  const fields = said.map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function isSaid({ names, requested }: AnnouncedNames): boolean {
  return names.length > 0 || requested;
}
