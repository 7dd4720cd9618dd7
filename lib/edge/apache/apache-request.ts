import { escapeExpression, type Expression } from '../expression.js';
import { pathGroup } from '../quoted-expression.js';
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
import { groupBy } from '../../policy-file/group-by.js';
import type { CellsByMethod, EdgeTables, PlaceCells } from '../tables.js';
import { isSet, lists, matches, set } from './apache-text.js';

/** Asked this way, Apache does not add them to `Vary` itself. */
const ORIGIN = "req_novary('Origin')";
const METHOD = "req_novary('Access-Control-Request-Method')";
const NAMES = "req_novary('Access-Control-Request-Headers')";

/** Method, kind of request, and the headers that a preflight asks for. */
export function readRequest(): readonly string[] {
  const preflight = "reqenv('cors_kind') == 'preflight'";
  const all = matches('^(.*)$');
  return [
    '',
    '# What is asked: a method (in a preflight, the requested one), and header names.',
    set('true', 'cors_kind=response'),
    set(`%{REQUEST_METHOD} =~ ${matches('^(.+)$')}`, 'cors_method=$1'),
    set(
      `%{REQUEST_METHOD} == 'OPTIONS' && -n ${ORIGIN} && ${METHOD} =~ ${matches('^(.+)$')}`,
      'cors_method=$1',
      'cors_kind=preflight',
    ),
    set(
      `reqenv('cors_method') !~ ${matches(UNANNOUNCED_METHOD)} && reqenv('cors_method') =~ ${matches(capturing(TOKEN))}`,
      'cors_asked_method=$1',
    ),
    set(`${preflight} && ${NAMES} !~ ${matches(READABLE_HEADERS.source)}`, 'cors_unread=1'),
    set(
      `${preflight} && ( ${NAMES} =~ ${matches(`^.{${MAX_HEADER_NAMES_LENGTH + 1}}`)} || ${NAMES} =~ ${matches(TOO_MANY_NAMES.source)} || ${NAMES} =~ ${matches(TOO_MANY_EMPTY.source)} || ${ORIGIN} =~ ${matches(`^.{${MAX_ORIGIN_LENGTH + 1}}`)} )`,
      'cors_unread=1',
    ),
    set(isSet('cors_unread'), 'cors_kind=malformed'),
    '# A member `*` is never announced: of more than two, no browser sends any.',
    set(`${preflight} && ${NAMES} =~ ${all}`, 'cors_asked_headers=$1'),
    ...[1, 2].map(() =>
      set(`reqenv('cors_asked_headers') =~ ${matches(STAR_MEMBER)}`, 'cors_asked_headers=$1$2'),
    ),
    ...[NO_MEMBERS, STAR_MEMBER].map((source) =>
      set(`reqenv('cors_asked_headers') =~ ${matches(source)}`, '!cors_asked_headers'),
    ),
  ];
}

/** The expression with what it matches as its first group. */
function capturing(anchored: string): string {
  return `^(${anchored.slice(1, -1)})$`;
}

/** The place, and with the method the cell: none for what is not below the base path. */
export function readPath({
  basePath,
  reading,
  guards,
  odd,
  escapes,
  places,
  elsewhere,
}: EdgeTables): readonly string[] {
  const unplaced = "-n reqenv('cors_path') && -z reqenv('cors_place')";
  const target = pathGroup(reading, basePath).slice(1, -1);
  const kinds = new PlaceKinds();
  const plain = new Set(places.filter(({ literals }) => literals?.every(isPlain) === true));
  const listed = groupBy([...plain], (place) => kinds.idOf(place));
  const written = reading.caseSensitive ? "reqenv('cors_path')" : "tolower(reqenv('cors_path'))";
  return [
    '',
    '# The place of the path, the most specific first.',
    set(`%{THE_REQUEST} =~ ${matches(`^[^\\x20]+\\x20${target}\\x20HTTP/`)}`, 'cors_path=/$1'),
    ...(basePath === ''
      ? [
          '# What begins with several slashes is forwarded decoded: it is left to the application.',
          set(`reqenv('cors_path') =~ ${matches('^///')}`, '!cors_path'),
        ]
      : []),
    set(`reqenv('cors_path') =~ ${matches('^/(/.*)$')}`, 'cors_path=$1'),
    ...guards.flatMap(({ comment, path }, index) => [
      `# ${comment}`,
      set(
        `${unplaced} && reqenv('cors_path') =~ ${matches(path.source, path.ignoreCase)}`,
        `cors_place=g${index}`,
      ),
    ]),
    ...(escapes === undefined
      ? []
      : [
          '# Escapes that no browser makes: Fastify decodes them before it looks for a route.',
          set(
            `reqenv('cors_path') =~ ${matches(escapes.source, escapes.ignoreCase)}`,
            'cors_escaped=1',
          ),
          ...places.flatMap((place) =>
            place.escapedPath === undefined
              ? []
              : placeLines(
                  place.escapedPath,
                  `${unplaced} && ${isSet('cors_escaped')}`,
                  kinds.idOf(place),
                ),
          ),
          set(`${unplaced} && ${isSet('cors_escaped')}`, 'cors_place=elsewhere'),
        ]),
    ...(plain.size === 0 ? [] : ['# Paths without parameters.']),
    ...[...listed].flatMap(([id, group]) =>
      lists(group.flatMap(({ literals = [] }) => literals)).map((list) =>
        set(`${unplaced} && ${written} -in ${list}`, `cors_place=${id}`),
      ),
    ),
    ...places.flatMap((place) =>
      plain.has(place)
        ? []
        : [`# ${place.comment}`, ...placeLines(place.path, unplaced, kinds.idOf(place))],
    ),
    set(unplaced, 'cors_place=elsewhere'),
    ...(odd === undefined
      ? []
      : [
          '# What servers may read in several ways has cells of its own.',
          set(`reqenv('cors_path') =~ ${matches(odd.source, odd.ignoreCase)}`, 'cors_odd=1'),
        ]),
    '# The cell: by the place and the method, or by the place for any other method.',
    ...[
      ...guards.map(({ cells }, index) => ({ id: `g${index}`, cells, oddCells: undefined })),
      ...kinds.all,
      { id: 'elsewhere', ...elsewhere },
    ].flatMap(({ id, cells, oddCells }) => [
      ...cellLines(`reqenv('cors_place') == '${id}'`, cells),
      ...(oddCells === undefined
        ? []
        : cellLines(`reqenv('cors_place') == '${id}' && ${isSet('cors_odd')}`, oddCells)),
    ]),
  ];
}

/** Places where the same holds have one id: each line costs time at each request. */
class PlaceKinds {
  private readonly byContent = new Map<string, PlaceCells & { readonly id: string }>();

  idOf({ cells, oddCells }: PlaceCells): string {
    const key = JSON.stringify([cells, oddCells].map((one) => one && [...one.byMethod, one.other]));
    const kind = this.byContent.get(key) ?? { id: `p${this.byContent.size}`, cells, oddCells };
    this.byContent.set(key, kind);
    return kind.id;
  }

  get all(): Iterable<PlaceCells & { readonly id: string }> {
    return this.byContent.values();
  }
}

/** Whether a path stands for itself between quotes. */
function isPlain(path: string): boolean {
  return /^[\w/.~-]+$/.test(path);
}

function placeLines(
  { source, ignoreCase }: Expression,
  condition: string,
  id: string,
): readonly string[] {
  const matched = `reqenv('cors_path') =~ ${matches(source, ignoreCase)}`;
  return [set(`${condition} && ${matched}`, `cors_place=${id}`)];
}

/** What is set last holds. */
function cellLines(condition: string, { byMethod, other }: CellsByMethod): readonly string[] {
  const cells = [...new Set(byMethod.values())].filter((cell) => cell !== other);
  return [
    set(condition, `cors_cell=${other}`),
    ...cells.map((cell) => {
      const methods = [...byMethod].filter(([, one]) => one === cell).map(([method]) => method);
      const names = methods.map((method) => escapeExpression(method)).join('|');
      return set(
        `${condition} && reqenv('cors_method') =~ ${matches(`^(?:${names})$`)}`,
        `cors_cell=${cell}`,
      );
    }),
  ];
}

/** Which rules hold for the origin: `1` or `0` each. */
export function readOrigin({ rules }: EdgeTables): readonly string[] {
  const unsent = [
    ...[DEFAULT_PORT, OVERLONG_HOST, UPPER_CASE_HOST].map(({ source }) => source),
    `^.{${MAX_ORIGIN_LENGTH + 1}}`,
  ].map((source) => `${ORIGIN} !~ ${matches(source)}`);
  return [
    '',
    '# The origin, and the rules that hold for it. Patterns are asked only about what a browser may send.',
    set(`${ORIGIN} =~ ${matches('^(.+)$')}`, 'cors_asked_origin=$1'),
    set(
      [...unsent, `${ORIGIN} =~ ${matches(capturing(SERIALIZED_ORIGIN.source))}`].join(' && '),
      'cors_origin=$1',
    ),
    ...rules.flatMap(({ comment, exact, expressions }, index) => [
      `# ${comment}`,
      set('true', `cors_rule${index}=0`),
      ...lists([...exact]).map((list) => set(`${ORIGIN} -in ${list}`, `cors_rule${index}=1`)),
      ...expressions.map(({ origin }) =>
        set(
          `reqenv('cors_origin') =~ ${matches(origin.source, origin.ignoreCase)}`,
          `cors_rule${index}=1`,
        ),
      ),
    ]),
  ];
}
