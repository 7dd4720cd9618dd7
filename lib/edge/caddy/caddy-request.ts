import { escapeExpression, expression, moreThan } from '../expression.js';
import { inlined, pathGroup } from '../quoted-expression.js';
import { MAX_ORIGIN_LENGTH } from '../../fetch/origins.js';
import { READABLE_HEADERS, TOO_MANY_EMPTY, TOO_MANY_NAMES } from '../origins/header-list.js';
import {
  DEFAULT_PORT,
  OVERLONG_HOST,
  SERIALIZED_ORIGIN,
  UPPER_CASE_HOST,
} from '../origins/origin-expressions.js';
import {
  MAX_HEADER_NAMES_LENGTH,
  NO_MEMBERS,
  STAR_MEMBER,
  TOKEN,
  UNANNOUNCED_METHOD,
} from '../request-grammar.js';
import type { CellsByMethod, EdgeTables } from '../tables.js';
import { group, map, matching, quoted, type Row } from './caddy-text.js';

const ORIGIN = '"{http.request.header.Origin}"';
const METHOD = '"{http.request.header.Access-Control-Request-Method}"';
const NAMES = '"{http.request.header.Access-Control-Request-Headers}"';
const WHOLE = `"${group(0)}"`;

const LONG_ORIGIN = `^${moreThan(MAX_ORIGIN_LENGTH, '.')}`;
const LONG_NAMES = `^${moreThan(MAX_HEADER_NAMES_LENGTH, '.')}`;

/** Method, kind of request, and the headers that a preflight asks for. */
export function askRequest(): readonly string[] {
  const readable: readonly Row[] = [
    [matching(LONG_NAMES), 'no'],
    [matching(TOO_MANY_NAMES.source), 'no'],
    [matching(TOO_MANY_EMPTY.source), 'no'],
    [matching(READABLE_HEADERS.source), 'yes'],
  ];
  const withoutStar: readonly Row[] = [
    [matching(STAR_MEMBER), `"${group(1)}${group(2)}"`],
    [matching('^.*$'), WHOLE],
  ];
  return [
    '# What is asked: a method (in a preflight, the requested one), and header names.',
    ...map(ORIGIN, 'cors_has_origin', [['""', 'no']], 'yes'),
    ...map(
      '"{http.request.method} {cors_has_origin} {http.request.header.Access-Control-Request-Method}"',
      'cors_asks',
      [[matching('^OPTIONS\\x20yes\\x20.'), 'yes']],
      'no',
    ),
    ...map('{cors_asks}', 'cors_method', [['yes', METHOD]], '"{http.request.method}"'),
    ...map(
      '"{cors_method}"',
      'cors_asked_method',
      [
        [matching(UNANNOUNCED_METHOD), '""'],
        [matching(TOKEN), WHOLE],
      ],
      '""',
    ),
    ...map('"{cors_asked_method}"', 'cors_more_method', [['""', '""']], '", {cors_asked_method}"'),
    ...map(NAMES, 'cors_readable', readable, 'no'),
    ...map(NAMES, 'cors_first_names', withoutStar, '""'),
    ...map('"{cors_first_names}"', 'cors_names', withoutStar, '""'),
    ...map(
      '"{cors_names}"',
      'cors_asked_headers',
      [
        [matching(NO_MEMBERS), '""'],
        [matching(STAR_MEMBER), '""'],
      ],
      '"{cors_names}"',
    ),
    ...map(
      '"{cors_asked_headers}"',
      'cors_more_headers',
      [['""', '""']],
      '", {cors_asked_headers}"',
    ),
    ...map(ORIGIN, 'cors_long', [[matching(LONG_ORIGIN), 'yes']], 'no'),
    ...map(
      '"{cors_asks} {cors_readable} {cors_long}"',
      'cors_kind',
      [
        [matching('^no'), 'response'],
        ['"yes yes no"', 'preflight'],
      ],
      'malformed',
    ),
    '# Empty until an upstream has been chosen.',
    ...map('"{http.reverse_proxy.upstream.address}"', 'cors_upstream', [['""', '""']], 'yes'),
  ];
}

/** The place, and with the method the cell: none for what is not below the base path. */
export function askPath({
  basePath,
  reading,
  guards,
  odd,
  escapes,
  places,
  elsewhere,
}: EdgeTables): readonly string[] {
  const escaped = places.flatMap(({ escapedPath }, index): Row[] =>
    escapedPath === undefined ? [] : [[matching(inlined(escapedPath)), `p${index}`]],
  );
  // As it is forwarded: Caddy decodes and encodes a path again that has a character which needs it.
  const target = '"{http.request.uri}"';
  // What is sent as a fragment, it forwards as part of the path.
  const delimiters = reading.delimiters.replace('#', '');
  const placed = places.map((place, index) => ({ ...place, id: `p${index}` }));
  const literals = placed.flatMap(({ literals: paths = [], id }) => {
    // Between quotes, a brace begins a placeholder.
    const isPlain = reading.caseSensitive && !paths.join('').includes('{');
    return paths.map((path): Row => {
      const source = `^${escapeExpression(path)}$`;
      const ignoreCase = !reading.caseSensitive;
      return [isPlain ? quoted(path) : matching(inlined(expression(source, { ignoreCase }))), id];
    });
  });
  const patterns = placed.flatMap(({ literals: paths, id, path }): Row[] =>
    paths === undefined ? [[matching(inlined(path)), id]] : [],
  );
  const guarded = guards.map((_guard, index) => `{cors_guard${index}}`).join('');
  return [
    '',
    '# The place of the path, the most specific first.',
    ...map(
      target,
      'cors_path_below',
      [[matching(pathGroup({ ...reading, delimiters }, basePath)), `"/${group(1)}"`]],
      'none',
    ),
    // Behind the base path, there may be no slash.
    ...map(
      '"{cors_path_below}"',
      'cors_path',
      [
        ['none', '""'],
        [matching('^/(/.*)$'), `"${group(1)}"`],
      ],
      '"{cors_path_below}"',
    ),
    ...guards.flatMap(({ comment, path }, index) => [
      `# ${comment}`,
      ...map(
        '"{cors_path}"',
        `cors_guard${index}`,
        [[matching(inlined(path)), `g${index}:`]],
        '""',
      ),
    ]),
    '# Any other path.',
    ...(escapes === undefined
      ? map('"{cors_path}"', 'cors_pattern', [...literals, ...patterns], 'elsewhere')
      : [
          ...map('"{cors_path}"', 'cors_plain', [...literals, ...patterns], 'elsewhere'),
          '# Escapes that no browser makes: Fastify decodes them before it looks for a route.',
          ...map('"{cors_path}"', 'cors_escaped', escaped, 'elsewhere'),
          ...map('"{cors_path}"', 'cors_is_escaped', [[matching(inlined(escapes)), 'yes']], 'no'),
          ...map('{cors_is_escaped}', 'cors_pattern', [['yes', '{cors_escaped}']], '{cors_plain}'),
        ]),
    ...map(
      `"${guarded}:{cors_path}"`,
      'cors_place',
      [
        [matching('^[^/]*:$'), '""'],
        ...guards.map((_guard, index): Row => [matching(`^g${index}:`), `g${index}`]),
      ],
      '{cors_pattern}',
    ),
    'vars cors_place {cors_place}',
    ...(odd === undefined
      ? []
      : [
          '# What servers may read in several ways has cells of its own.',
          ...map('"{cors_path}"', 'cors_odd', [[matching(inlined(odd)), '"~"']], '""'),
        ]),
    '# The cell: by the place and the method, or by the place for any other method.',
    ...cellMaps(
      [
        ...[...placed, { id: 'elsewhere', ...elsewhere }].flatMap(({ id, cells, oddCells }) => [
          [id, cells] as const,
          ...(oddCells === undefined ? [] : [[`${id}~`, oddCells] as const]),
        ]),
        ...guards.map(({ cells }, index) => [`g${index}`, cells] as const),
      ],
      odd !== undefined,
    ),
    'vars cors_cell {cors_cell}',
  ];
}

function cellMaps(
  places: readonly (readonly [string, CellsByMethod])[],
  hasOdd: boolean,
): readonly string[] {
  const named = places.flatMap(([place, { byMethod, other }]) =>
    [...byMethod]
      .filter(([, cell]) => cell !== other)
      .map(([method, cell]): Row => [quoted(`${place} ${method}`), cell]),
  );
  const others = places.map(([place, { other }]): Row => [quoted(place), other]);
  const isOdd = ([input]: Row) => input.includes('~');
  const plain = (row: Row) => !isOdd(row);
  const lookUp = (odd: string, suffix: string, wanted: (row: Row) => boolean, last: string) => [
    ...map(`"{http.vars.cors_place}${odd}"`, `cors_any${suffix}`, others.filter(wanted), last),
    ...map(
      `"{http.vars.cors_place}${odd} {cors_method}"`,
      suffix === '_plain' ? 'cors_cell_plain' : 'cors_cell',
      named.filter(wanted),
      `{cors_any${suffix}}`,
    ),
  ];
  if (!hasOdd) {
    return [
      ...map('{http.vars.cors_place}', 'cors_any_method', others, '""'),
      ...map('"{http.vars.cors_place} {cors_method}"', 'cors_cell', named, '{cors_any_method}'),
    ];
  }
  return [
    ...lookUp('', '_plain', plain, '""'),
    ...lookUp('{cors_odd}', '_odd', isOdd, '{cors_cell_plain}'),
  ];
}

/** Which rules hold for the origin: `1` or `0` each. */
export function askOrigin({ rules }: EdgeTables): readonly string[] {
  const unsent = [DEFAULT_PORT, OVERLONG_HOST, UPPER_CASE_HOST].map(({ source }): Row => [
    matching(source),
    '""',
  ]);
  return [
    '',
    '# The origin as patterns are asked about it: only what a browser may send.',
    ...map(
      ORIGIN,
      'cors_origin',
      [[matching(LONG_ORIGIN), '""'], ...unsent, [matching(SERIALIZED_ORIGIN.source), WHOLE]],
      '""',
    ),
    '# The rules that hold for it.',
    ...rules.flatMap(({ comment, exact, expressions }, index) => [
      ...(expressions.length === 0
        ? []
        : map(
            '"{cors_origin}"',
            `cors_patterns${index}`,
            expressions.map(({ origin }): Row => [matching(inlined(origin)), '1']),
            '0',
          )),
      `# ${comment}`,
      ...map(
        ORIGIN,
        `cors_rule${index}`,
        exact.map((origin): Row => [quoted(origin), '1']),
        expressions.length === 0 ? '0' : `{cors_patterns${index}}`,
      ),
    ]),
  ];
}
