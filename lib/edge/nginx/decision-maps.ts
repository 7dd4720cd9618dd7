import { isSerializedOrigin, MAX_ORIGIN_LENGTH } from '../../fetch/origins.js';
import type { EdgeMode } from '../edge-target.js';
import { escapeExpression, expression } from '../expression.js';
import {
  DEFAULT_PORT,
  OVERLONG_HOST,
  SERIALIZED_ORIGIN,
  UPPER_CASE_HOST,
} from '../origins/origin-expressions.js';
import { READABLE_HEADERS, TOO_MANY_EMPTY, TOO_MANY_NAMES } from '../origins/header-list.js';
import type { EdgeOriginRule, EdgeTables } from '../tables.js';
import { type MapRow, type NginxMap, quoted, regexpKey } from './map.js';

const TOO_LONG = expression(`^.{${MAX_ORIGIN_LENGTH + 1}}`);

/** Cell and origin → answer. */
export function decisionMaps(tables: EdgeTables, mode: EdgeMode): readonly NginxMap[] {
  const isAnswer = mode === 'answer';
  return [
    originMap(tables),
    ...tables.rules.map(ruleMap),
    ...(isAnswer ? [...headersMaps(), ...stageMaps()] : []),
    ...answerMaps(tables, isAnswer),
  ];
}

function originMap({ rules }: EdgeTables): NginxMap {
  const unusual = rules.flatMap(({ exact }) => exact.filter((text) => !isSerializedOrigin(text)));
  return {
    comment: 'Only what browsers send is compared: maps ignore letter case, origins do not.',
    source: '$http_origin',
    name: '$cors_origin',
    otherwise: '""',
    rows: [
      ['""', '""'],
      ['"~^https?://[a-z0-9._-]{1,253}$"', '$http_origin', 'nearly all of them'],
      ...unusual.map((text): MapRow => [regexpKey(exactly(text)), '$http_origin']),
      [regexpKey(TOO_LONG), '""'],
      [regexpKey(UPPER_CASE_HOST), '""'],
      [regexpKey(OVERLONG_HOST), '""'],
      [regexpKey(DEFAULT_PORT), '""'],
      [regexpKey(SERIALIZED_ORIGIN), '$http_origin'],
    ],
  };
}

function exactly(text: string) {
  return expression(`^${escapeExpression(text)}$`);
}

function ruleMap({ comment, exact, expressions }: EdgeOriginRule, number: number): NginxMap {
  // Of http and https, what has capital letters was left out above.
  const isHashed = (text: string) => /^https?:/.test(text);
  return {
    comment: `The origins of ${comment}.`,
    source: '$cors_origin',
    name: `$cors_list_${number}`,
    otherwise: '0',
    rows: [
      ...exact.filter(isHashed).map((text): MapRow => [quoted(text), '1']),
      ...exact
        .filter((text) => !isHashed(text))
        .map((text): MapRow => [regexpKey(exactly(text)), '1']),
      ...expressions.map(({ origin, written }): MapRow => [regexpKey(origin), '1', written]),
    ],
  };
}

/** What no name has. */
const UNREAD = '"<"';

function headersMaps(): readonly NginxMap[] {
  return [
    {
      // Whatever an expression gives up on, cannot be read either.
      comment: 'The headers that a preflight asks for; "<" where they cannot be read.',
      source: '$http_access_control_request_headers',
      name: '$cors_headers',
      otherwise: UNREAD,
      rows: [
        ['""', '""'],
        ['"~^.{8193}"', UNREAD],
        [regexpKey(TOO_MANY_NAMES), UNREAD],
        [regexpKey(TOO_MANY_EMPTY), UNREAD],
        [regexpKey(READABLE_HEADERS), '$cors_named_headers'],
      ],
    },
    {
      comment: 'Of those, the ones that may be announced.',
      source: '$http_access_control_request_headers',
      name: '$cors_named_headers',
      otherwise: '$http_access_control_request_headers',
      rows: [['"~^[ \\x09,]*$"', '""', 'no names'], ...STARS],
    },
  ];
}

const STAR = '[ \\x09]*\\*[ \\x09]*';
/** As a member of a list, a star would stand for all names. */
const STARS: readonly MapRow[] = [
  [
    quoted(`~(?:^|,)${STAR},(?:.*,)?${STAR}(?:,|$)`),
    '""',
    'a star stands for all names: never sent',
  ],
  [quoted(`~^${STAR}$`), '""'],
  [quoted(`~^${STAR},(.+)$`), '$1'],
  [quoted(`~^(.+),${STAR}$`), '$1'],
  [quoted(`~^(.+,)${STAR},(.+)$`), '$1$2'],
];

function stageMaps(): readonly NginxMap[] {
  return [
    {
      comment: 'A response, or a preflight: P, or X where it cannot be read.',
      source: '$cors_preflight',
      name: '$cors_stage',
      otherwise: 'A',
      rows: [['1', '$cors_preflight_stage']],
    },
    {
      comment: 'Whether its headers can be read.',
      source: '"$cors_headers:$http_origin"',
      name: '$cors_preflight_stage',
      otherwise: 'P',
      rows: [
        ['"~^<:"', 'X'],
        [`"~^[^:]*:.{${MAX_ORIGIN_LENGTH + 1}}"`, 'X'],
      ],
    },
  ];
}

function answerMaps({ cells }: EdgeTables, isAnswer: boolean): readonly NginxMap[] {
  const stageAndCell = isAnswer ? '$cors_stage$cors_cell' : 'A$cors_cell';
  const lists: MapRow[] = [];
  const answers: MapRow[] = [];
  for (const { id, preflight, malformed, response } of cells) {
    for (const [stage, decision] of [
      ['A', response],
      ['P', preflight],
    ] as const) {
      if (decision === undefined || (stage === 'P' && !isAnswer)) continue;
      const { rules } = decision;
      if (rules.length > 0) {
        lists.push([`${stage}${id}`, quoted(rules.map((rule) => `$cors_list_${rule}`).join(''))]);
      }
      for (const [bits, answer] of decision.answers) {
        answers.push([quoted(`${stage}${id}:${bits}`), answer]);
      }
    }
    if (malformed !== undefined && isAnswer) answers.push([quoted(`X${id}:`), malformed]);
  }
  return [
    {
      comment: 'Whether the origin is in the lists that matter there: a 1 or a 0 for each.',
      source: quoted(stageAndCell),
      name: '$cors_lists',
      otherwise: '""',
      rows: lists,
    },
    {
      comment: 'Which answer that is; none: nothing is touched.',
      source: quoted(`${stageAndCell}:$cors_lists`),
      name: '$cors_decided',
      otherwise: '""',
      rows: answers,
    },
  ];
}
