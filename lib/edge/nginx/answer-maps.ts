import type { EdgeMode } from '../edge-target.js';
import type { AnnouncedNames, EdgeAnswer, EdgeTables } from '../tables.js';
import { type MapRow, type NginxMap, plainValue } from './map.js';

/** The headers that the edge writes, and the variables for their values. */
export const RESPONSE_HEADERS = {
  'Access-Control-Allow-Origin': '$cors_allow_origin',
  'Access-Control-Allow-Credentials': '$cors_allow_credentials',
  'Access-Control-Expose-Headers': '$cors_expose_headers',
  'Timing-Allow-Origin': '$cors_timing_allow_origin',
  Vary: '$cors_vary',
} as const;

/** Those of the answer to a preflight besides. */
export const PREFLIGHT_HEADERS = {
  'Access-Control-Allow-Methods': '$cors_allow_methods',
  'Access-Control-Allow-Headers': '$cors_allow_headers',
  'Access-Control-Max-Age': '$cors_max_age',
} as const;

/** Answer → headers. */
export function answerMaps({ answers }: EdgeTables, mode: EdgeMode): readonly NginxMap[] {
  const isAnswer = mode === 'answer';
  const used = isAnswer ? answers : answers.filter(({ status }) => status === undefined);
  const mapOf = (
    comment: string,
    name: string,
    valueOf: (answer: EdgeAnswer) => string | undefined,
    upstream?: string,
  ): NginxMap => {
    const rows = used.flatMap((answer): MapRow[] => {
      const value = valueOf(answer);
      return value === undefined ? [] : [[answer.id, value]];
    });
    // What is not touched is what the upstream has sent: it is hidden where it is replaced.
    const passed: readonly MapRow[] =
      isAnswer && upstream !== undefined ? [['""', `$upstream_http_${upstream}`]] : [];
    return { comment, source: '$cors_answer', name, otherwise: '""', rows: [...passed, ...rows] };
  };
  const origin = (value: EdgeAnswer['allowOrigin']) =>
    value === 'origin' ? '$cors_origin' : value && quotedStar;
  return [
    ...(isAnswer ? [always()] : ownResponse()),
    mapOf(
      'Access-Control-Allow-Origin: any, or the very origin that asks.',
      RESPONSE_HEADERS['Access-Control-Allow-Origin'],
      ({ allowOrigin }) => origin(allowOrigin),
      'access_control_allow_origin',
    ),
    mapOf(
      'Access-Control-Allow-Credentials.',
      RESPONSE_HEADERS['Access-Control-Allow-Credentials'],
      ({ credentials }) => (credentials ? 'true' : undefined),
      'access_control_allow_credentials',
    ),
    mapOf(
      'Access-Control-Expose-Headers.',
      RESPONSE_HEADERS['Access-Control-Expose-Headers'],
      ({ exposeHeaders }) => exposeHeaders && plainValue(exposeHeaders),
      'access_control_expose_headers',
    ),
    mapOf(
      'Timing-Allow-Origin: where the policy says nothing, that of the upstream stays.',
      RESPONSE_HEADERS['Timing-Allow-Origin'],
      ({ timingAllowOrigin, status }) =>
        origin(timingAllowOrigin) ??
        (isAnswer && status === undefined ? '$upstream_http_timing_allow_origin' : undefined),
      'timing_allow_origin',
    ),
    {
      comment: 'Vary: Origin, where the response differs by origin.',
      source: '$cors_answer',
      name: RESPONSE_HEADERS.Vary,
      otherwise: '""',
      rows: used.flatMap(({ id, varyByOrigin }): MapRow[] =>
        varyByOrigin ? [[id, '$cors_vary_once']] : [],
      ),
    },
    {
      comment: 'Unless the upstream has said so.',
      source: '$upstream_http_vary',
      name: '$cors_vary_once',
      otherwise: 'Origin',
      rows: [
        ['""', 'Origin'],
        ['"~*(?:^|,) *(?:origin|\\*) *(?:,|$)"', '""'],
      ],
    },
    ...(isAnswer ? preflightMaps(mapOf) : []),
  ];
}

const quotedStar = '"*"';

function always(): NginxMap {
  return {
    comment: 'Every response is answered for.',
    source: '""',
    name: '$cors_answer',
    otherwise: '$cors_decided',
    rows: [],
  };
}

function ownResponse(): readonly NginxMap[] {
  return [
    {
      comment:
        'Whether the response is made by nginx: the upstream was not asked, or sent no head.',
      source: '$upstream_header_time',
      name: '$cors_is_own',
      otherwise: '1',
      rows: [
        ['""', '$cors_is_not_cached'],
        ['"~[0-9]$"', '0'],
      ],
    },
    {
      comment: 'And whether it is not out of the cache.',
      source: '$upstream_cache_status',
      name: '$cors_is_not_cached',
      otherwise: '1',
      rows: ['HIT', 'STALE', 'UPDATING', 'REVALIDATED'].map((status): MapRow => [status, '0']),
    },
    {
      comment: 'The answer to a preflight must be a success: nothing is gained by headers.',
      source: '$cors_preflight',
      name: '$cors_filled',
      otherwise: '$cors_decided',
      rows: [['1', '""']],
    },
    {
      comment: 'Only those are answered for.',
      source: '$cors_is_own',
      name: '$cors_answer',
      otherwise: '""',
      rows: [['1', '$cors_filled']],
    },
  ];
}

function preflightMaps(
  mapOf: (
    comment: string,
    name: string,
    valueOf: (answer: EdgeAnswer) => string | undefined,
  ) => NginxMap,
): readonly NginxMap[] {
  return [
    mapOf('The status of the answer to a preflight.', '$cors_status', ({ status }) =>
      status === undefined ? undefined : String(status),
    ),
    {
      comment: 'The requested method, if it may be announced.',
      source: '$http_access_control_request_method',
      name: '$cors_announced',
      otherwise: '""',
      rows: [
        ['"~*^(?:CONNECT|TRACE|TRACK|\\*)$"', '""'],
        [`"~^[0-9A-Za-z!#$%&'*+.^_\`|~-]+$"`, '$http_access_control_request_method'],
      ],
    },
    ...joined('$cors_announced', '$cors_and_announced'),
    ...joined('$cors_headers', '$cors_and_headers'),
    mapOf(
      'Access-Control-Allow-Methods.',
      PREFLIGHT_HEADERS['Access-Control-Allow-Methods'],
      ({ allowMethods }) => listOf(allowMethods, '$cors_announced', '${cors_and_announced}'),
    ),
    mapOf(
      'Access-Control-Allow-Headers.',
      PREFLIGHT_HEADERS['Access-Control-Allow-Headers'],
      ({ allowHeaders }) => listOf(allowHeaders, '$cors_headers', '${cors_and_headers}'),
    ),
    mapOf('Access-Control-Max-Age.', PREFLIGHT_HEADERS['Access-Control-Max-Age'], ({ maxAge }) =>
      maxAge === undefined ? undefined : String(maxAge),
    ),
  ];
}

/** Behind other names: with a comma, if there is anything. */
function joined(source: string, name: string): readonly NginxMap[] {
  return [
    {
      comment: `${source}, behind other names.`,
      source,
      name,
      otherwise: `", ${source}"`,
      rows: [['""', '""']],
    },
  ];
}

function listOf(
  { names, requested }: AnnouncedNames,
  alone: string,
  behind: string,
): string | undefined {
  if (names.length === 0) return requested ? alone : undefined;
  const list = plainValue(names.join(', '));
  return requested ? `${list.slice(0, -1)}${behind}"` : list;
}
