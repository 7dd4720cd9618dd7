import { escapeExpression } from '../expression.js';
import { quotable } from '../quoted-expression.js';
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
import type { EdgeTables } from '../tables.js';

/** In single quotes, everything stands for itself. */
export function quoted(source: string): string {
  return `'${quotable(source, "' \t")}'`;
}

const METHOD = 'access-control-request-method';
const LINE = 'access-control-request-headers';
const NAMES = 'var(txn.cors_names)';

/**
 * Method, kind of request, and the headers that a preflight asks for. A backend that is `from cors` as
 * well reads what the frontend has read, whatever has been rewritten since.
 */
export function readRequest(): readonly string[] {
  return [
    '',
    '# What is asked: a method (in a preflight, the requested one), and header names.',
    'http-request set-var-fmt(txn.cors_target) "%[path]" if !{ var(txn.cors_target) -m found }',
    'http-request set-var(txn.cors_kind) str(response)',
    'http-request set-var(txn.cors_kind) str(preflight) if { method OPTIONS } { req.fhdr(origin) -m found } { req.fhdr(access-control-request-method) -m found }',
    'http-request set-var-fmt(txn.cors_method) "%[method]"',
    `http-request set-var(txn.cors_method) req.fhdr(${METHOD}) if { var(txn.cors_kind) -m str preflight }`,
    '# Several lines are one list, which is no method; of more than two lines of names, none is read.',
    `http-request set-var-fmt(txn.cors_method) "${twoLines(METHOD)}" if { var(txn.cors_kind) -m str preflight } { req.fhdr_cnt(${METHOD}) gt 1 }`,
    `http-request set-var(txn.cors_names) req.fhdr(${LINE}) if { req.fhdr(${LINE}) -m found }`,
    `http-request set-var-fmt(txn.cors_names) "${twoLines(LINE)}" if { req.fhdr_cnt(${LINE}) gt 1 }`,
    `http-request set-var(txn.cors_asked_method) var(txn.cors_method) if { var(txn.cors_method) -m reg ${quoted(TOKEN)} } !{ var(txn.cors_method) -m reg ${quoted(UNANNOUNCED_METHOD)} }`,
    `acl cors_names_readable ${NAMES} -m reg ${quoted(READABLE_HEADERS.source)}`,
    `acl cors_names_too_many ${NAMES} -m len gt ${MAX_HEADER_NAMES_LENGTH}`,
    `acl cors_names_too_many ${NAMES} -m reg ${quoted(TOO_MANY_NAMES.source)}`,
    `acl cors_names_too_many ${NAMES} -m reg ${quoted(TOO_MANY_EMPTY.source)}`,
    `acl cors_preflight var(txn.cors_kind) -m str preflight`,
    `http-request set-var(txn.cors_kind) str(malformed) if cors_preflight { ${NAMES} -m found } !cors_names_readable`,
    'http-request set-var(txn.cors_kind) str(malformed) if cors_preflight cors_names_too_many',
    `http-request set-var(txn.cors_kind) str(malformed) if cors_preflight { req.fhdr_cnt(${LINE}) gt 2 }`,
    `http-request set-var(txn.cors_kind) str(malformed) if cors_preflight { req.fhdr(origin) -m len gt ${MAX_ORIGIN_LENGTH} }`,
    '# A member `*` is never announced.',
    `http-request set-var(txn.cors_asked_headers) ${NAMES},map_regm(cors-names.map) if { ${NAMES} -m found } cors_preflight`,
    'http-request set-var(txn.cors_asked_headers) var(txn.cors_asked_headers),map_regm(cors-names.map) if { var(txn.cors_asked_headers) -m found }',
    ...[NO_MEMBERS, STAR_MEMBER].map(
      (source) =>
        `http-request unset-var(txn.cors_asked_headers) if { var(txn.cors_asked_headers) -m reg ${quoted(source)} }`,
    ),
  ];
}

function twoLines(name: string): string {
  return `%[req.fhdr(${name},1)],%[req.fhdr(${name},2)]`;
}

/** The place, and with the method the cell: none for what is not below the base path. */
export function readPath({
  basePath,
  reading,
  guards,
  odd,
  escapes,
}: EdgeTables): readonly string[] {
  const { caseSensitive, delimiters } = reading;
  const ends = delimiters.replaceAll('?', '');
  const base = quotable(escapeExpression(basePath), "' \t(),");
  const unplaced = 'if { var(txn.cors_path) -m found } !{ var(txn.cors_place) -m found }';
  const at = (key: string) =>
    `http-request set-var(txn.cors_cell) var(txn.${key}),map_str(cors-cells.map) if !{ var(txn.cors_cell) -m found }`;
  return [
    '',
    '# The place of the path, the most specific first.',
    `http-request set-var(txn.cors_path) 'var(txn.cors_target)${ends === '' ? '' : `,regsub([${ends}].*,)`}'`,
    ...(basePath === ''
      ? []
      : [
          `http-request unset-var(txn.cors_path) if !{ var(txn.cors_path) -m reg '^${base}(?:/|$)' }`,
          `http-request set-var(txn.cors_path) 'var(txn.cors_path),regsub(^${base},)' if { var(txn.cors_path) -m found }`,
          'http-request set-var(txn.cors_path) str(/) if { var(txn.cors_path) -m len 0 }',
        ]),
    ...guards.flatMap(({ comment, path }, index) => [
      `# ${comment}`,
      `http-request set-var(txn.cors_place) str(g${index}) ${unplaced} { var(txn.cors_path) -m reg ${path.ignoreCase ? '-i ' : ''}${quoted(path.source)} }`,
    ]),
    ...(escapes === undefined
      ? []
      : [
          '# Escapes that no browser makes: Fastify decodes them before it looks for a route.',
          `acl cors_escaped var(txn.cors_path) -m reg ${escapes.ignoreCase ? '-i ' : ''}${quoted(escapes.source)}`,
          `http-request set-var(txn.cors_place) var(txn.cors_path),map_reg(cors-escaped-paths.map) ${unplaced} cors_escaped`,
          `http-request set-var(txn.cors_place) str(elsewhere) ${unplaced} cors_escaped`,
        ]),
    `http-request set-var(txn.cors_place) var(txn.cors_path),${caseSensitive ? '' : 'lower,'}map_str(cors-paths.map) ${unplaced}`,
    `http-request set-var(txn.cors_place) var(txn.cors_path),map_reg(cors-patterns.map) ${unplaced}`,
    `http-request set-var(txn.cors_place) str(elsewhere) ${unplaced}`,
    '# The cell: by the place and the method, or by the place for any other method.',
    'http-request set-var-fmt(txn.cors_at) "%[var(txn.cors_place)]:%[var(txn.cors_method)]"',
    ...(odd === undefined
      ? []
      : [
          '# What servers may read in several ways has cells of its own.',
          `http-request set-var-fmt(txn.cors_odd_place) "%[var(txn.cors_place)]~" if { var(txn.cors_path) -m reg ${odd.ignoreCase ? '-i ' : ''}${quoted(odd.source)} }`,
          'http-request set-var-fmt(txn.cors_odd_at) "%[var(txn.cors_odd_place)]:%[var(txn.cors_method)]" if { var(txn.cors_odd_place) -m found }',
          ...['cors_odd_at', 'cors_odd_place'].map(at),
        ]),
    ...['cors_at', 'cors_place'].map(at),
  ];
}

/** Which rules hold for the origin: `1` or `0` each. */
export function readOrigin({ rules }: EdgeTables): readonly string[] {
  const unsent = [DEFAULT_PORT, OVERLONG_HOST, UPPER_CASE_HOST].map(
    ({ source }) => `acl cors_origin_unsent req.fhdr(origin) -m reg ${quoted(source)}`,
  );
  return [
    '',
    '# The origin, and the rules that hold for it. Patterns are asked only about what a browser may send.',
    'http-request set-var(txn.cors_asked_origin) req.fhdr(origin) if !{ req.fhdr_cnt(origin) gt 1 }',
    `acl cors_origin_serialized var(txn.cors_asked_origin) -m reg ${quoted(SERIALIZED_ORIGIN.source)}`,
    ...unsent,
    `acl cors_origin_unsent req.fhdr(origin) -m len gt ${MAX_ORIGIN_LENGTH}`,
    ...rules.flatMap(({ comment, exact, expressions }, index) => {
      const variable = `txn.cors_rule${index}`;
      const asked = 'var(txn.cors_asked_origin)';
      return [
        `# ${comment}`,
        `http-request set-var(${variable}) str(0)`,
        ...(exact.length === 0
          ? []
          : [
              `http-request set-var(${variable}) ${asked},map_str(cors-rule${index}.map,0) if { ${asked} -m found }`,
            ]),
        ...(expressions.length === 0
          ? []
          : [
              `http-request set-var(${variable}) ${asked},map_reg(cors-rule${index}-patterns.map,0) if cors_origin_serialized !cors_origin_unsent !{ var(${variable}) -m str 1 }`,
            ]),
      ];
    }),
  ];
}
