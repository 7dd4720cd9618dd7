import { ANSWER_HEADERS } from '../answer-headers.js';
import { decisionTexts } from '../decisions.js';
import { checkLengths, type EdgeFile } from '../edge-target.js';
import { inlined, quotable } from '../quoted-expression.js';
import { STAR_MEMBER } from '../request-grammar.js';
import type { CellsByMethod, EdgeTables } from '../tables.js';

/** Of the buffer of 16 KB in which HAProxy reads a line. */
const LONGEST_LINE = 16_000;

/** A line of a map: what is looked for, and what it stands for. */
type Row = readonly [key: string, value: string];

/** A map, and what it is for. */
interface MapFile extends EdgeFile {
  readonly use: string;
}

/** The maps, beside the configuration. Keys hold no white space: HAProxy would end them there. */
export function haproxyMaps(tables: EdgeTables): readonly MapFile[] {
  const { reading, places, guards, elsewhere, rules, answers } = tables;
  const texts = decisionTexts(tables, ':');
  const placed = places.map((place, index) => ({ ...place, id: `p${index}` }));
  const literal = placed.flatMap(({ literals = [], id }) =>
    literals.map((path): Row => [reading.caseSensitive ? path : path.toLowerCase(), id]),
  );
  const patterns = placed.flatMap(({ literals, path, id }): Row[] =>
    literals === undefined ? [[pattern(inlined(path)), id]] : [],
  );
  const escaped = placed.flatMap(({ id, escapedPath }): Row[] =>
    escapedPath === undefined ? [] : [[pattern(inlined(escapedPath)), id]],
  );
  const cells = [
    ...[...placed, { id: 'elsewhere', ...elsewhere }].flatMap(({ id, cells: own, oddCells }) => [
      ...cellRows(id, own),
      ...(oddCells === undefined ? [] : cellRows(`${id}~`, oddCells)),
    ]),
    ...guards.flatMap(({ cells: own }, index) => cellRows(`g${index}`, own)),
  ];
  const names: Row[] = [
    [pattern(STAR_MEMBER), '\\1\\2'],
    [pattern('^(.*)$'), '\\1'],
  ];
  const rows: readonly (readonly [file: string, comment: string, rows: readonly Row[]])[] = [
    ['cors-paths.map', 'Exact paths, and their places.', literal],
    ['cors-patterns.map', 'Other paths, the most specific first, and their places.', patterns],
    ...(tables.escapes === undefined
      ? []
      : [
          [
            'cors-escaped-paths.map',
            'All paths, with any of their characters escaped.',
            escaped,
          ] as const,
        ]),
    ['cors-cells.map', 'A place and a method, and their cell.', cells],
    ['cors-names.map', 'A list with a member `*`, and the same without it.', names],
    [
      'cors-rule-sets.map',
      'The rules that a cell depends on.',
      [...texts.setOf].flatMap(([key, set]): Row[] => {
        const numbers = texts.ruleSets.get(set) ?? [];
        return numbers.length === 0 ? [] : [[key, numbers.join('-')]];
      }),
    ],
    ['cors-answers.map', 'A cell and which of its rules hold, and the answer.', [...texts.answers]],
    // What is empty is not asked.
    ...rules
      .flatMap(({ comment, exact, expressions }, index) => [
        [`cors-rule${index}.map`, comment, exact.map((origin): Row => [origin, '1'])] as const,
        [
          `cors-rule${index}-patterns.map`,
          comment,
          expressions.map(({ origin }): Row => [pattern(inlined(origin)), '1']),
        ] as const,
      ])
      .filter(([, , members]) => members.length > 0),
    [
      'cors-status.map',
      'The status of an answer to a preflight.',
      answers.flatMap(({ id, status }): Row[] => (status === undefined ? [] : [[id, `${status}`]])),
    ],
    [
      'cors-vary.map',
      'Answers that differ by origin.',
      answers.flatMap(({ id, varyByOrigin }): Row[] => (varyByOrigin ? [[id, '1']] : [])),
    ],
    ...ANSWER_HEADERS.map(
      ({ name, variable, valueIn }) =>
        [
          mapOf(variable),
          `${name} of an answer. Before a semicolon: what is asked for comes after it.`,
          answers.flatMap((answer): Row[] => {
            const value = valueIn(answer);
            if (value === undefined) return [];
            return [[answer.id, value.asked === undefined ? value.text : `${value.text};`]];
          }),
        ] as const,
    ),
  ];
  checkLengths(
    'HAProxy',
    rows.flatMap(([, , lines]) => lines.map((row) => row.join(' '))),
    LONGEST_LINE,
  );
  return rows.map(([path, use, lines]) => ({
    path,
    use,
    text: lines.map(([key, value]) => `${key} ${value}\n`).join(''),
  }));
}

export function mapOf(variable: string): string {
  return `cors-${variable.replaceAll('_', '-')}.map`;
}

function pattern(source: string): string {
  return quotable(source, ' \t');
}

function cellRows(place: string, { byMethod, other }: CellsByMethod): readonly Row[] {
  return [
    [place, other],
    ...[...byMethod]
      .filter(([, cell]) => cell !== other)
      .map(([method, cell]): Row => [`${place}:${method}`, cell]),
  ];
}
