import { ANSWER_HEADERS, type AnswerHeader, type HeaderValue } from '../answer-headers.js';
import { decisionTexts } from '../decisions.js';
import { type EdgeMode, type EdgeTarget, headed, headOf } from '../edge-target.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import type { EdgeTables } from '../tables.js';
import { caddyExample } from './caddy-example.js';
import { askOrigin, askPath, askRequest } from './caddy-request.js';
import { map, placeholder, quoted, type Row } from './caddy-text.js';

/** Caddy 2.6 and later. */
export const caddy: EdgeTarget = {
  title: 'Caddy',
  modes: ['fill', 'answer'],
  looksAround: false,
  files: (plan, mode) => [
    { path: 'cors.caddy', text: snippets(plan, mode) },
    {
      path: 'example/Caddyfile',
      text: headed(plan, 'caddy', mode, EXAMPLE_USE, caddyExample(plan.tables)),
    },
  ],
};

const EXAMPLE_USE = 'From the folder above: caddy run --config example/Caddyfile';

function snippets(plan: EdgePlan, mode: EdgeMode): string {
  const uses = [
    'Use: `import cors.caddy` at the top of the Caddyfile; `import cors` in the site, and `import cors_errors` in its `handle_errors`. Caddy 2.6 or later.',
    ...(mode === 'answer'
      ? [
          'Caddy runs `handle` and authentication before `respond`: put what such a site has into `route { }`, with `import cors` first.',
        ]
      : []),
  ];
  return [
    ...headOf(plan, 'caddy', mode, uses),
    '',
    ...snippet('cors', [
      ...headers(mode, mode === 'fill'),
      ...(mode === 'answer' ? PREFLIGHTS : []),
      ...values(plan.tables, mode),
      ...(mode === 'answer' ? ANSWERS : []),
    ]),
    '',
    '# Errors of Caddy itself, such as a 502. What a request is, is said once more: in Caddy 2.6, a',
    '# snippet that imports another one is not read as it is written.',
    ...snippet('cors_errors', [...headers(mode, false), ...values(plan.tables, mode)]),
    '',
  ].join('\n');
}

function snippet(name: string, lines: readonly string[]): readonly string[] {
  return [`(${name}) {`, ...lines.map((line) => (line === '' ? '' : `\t${line}`)), '}'];
}

/** A header that is not to be sent gets this name, and is taken off at once. */
const NONE = 'Cors-None';

/**
 * All headers, as the head of the response is written.
 *
 * @param onlyOwn whether the responses of upstreams are left alone
 */
function headers(mode: EdgeMode, onlyOwn: boolean): readonly string[] {
  const name = onlyOwn ? 'cors_own_' : 'cors_name_';
  return [
    '# A header without a value is named Cors-None, which is taken off.',
    'header {',
    ...ANSWER_HEADERS.map(
      ({ variable }) => `\t{${name}${variable}} ${placeholder(`cors_${variable}`)}`,
    ),
    `\t+{${name}vary} Origin`,
    ...(mode === 'fill'
      ? []
      : ANSWER_HEADERS.filter(({ isTakenOff }) => isTakenOff).map(
          ({ variable }) => `\t-{cors_off_${variable}}`,
        )),
    `\t-${NONE}`,
    '\tdefer',
    '}',
  ];
}

// Within `route`, lines are run as they are written: the values come before what asks for them.
const PREFLIGHTS = ['@cors_allowed vars {cors_status} 204', '@cors_refused vars {cors_status} 403'];
const ANSWERS = ['respond @cors_allowed 204', 'respond @cors_refused 403'];

/** What a request is, as placeholders: each is computed from those above it. */
function values(tables: EdgeTables, mode: EdgeMode): readonly string[] {
  return [
    ...askRequest(),
    ...askPath(tables),
    ...askOrigin(tables),
    ...decide(tables, mode),
    ...ANSWER_HEADERS.flatMap((header) => valuesOf(header, tables)),
    ...map(
      '{http.vars.cors_answer}',
      'cors_name_vary',
      tables.answers.flatMap(({ id, varyByOrigin }): Row[] => (varyByOrigin ? [[id, 'Vary']] : [])),
      NONE,
    ),
    ...own('vary'),
  ];
}

function decide(tables: EdgeTables, mode: EdgeMode): readonly string[] {
  const texts = decisionTexts(tables, ' ');
  const isAsked = ([key]: readonly [string, string]) =>
    mode === 'answer' || key.startsWith('response');
  const digits = [...texts.ruleSets].flatMap(([set, rules]): Row[] =>
    rules.length === 0 ? [] : [[set, quoted(rules.map((rule) => `{cors_rule${rule}}`).join(''))]],
  );
  return [
    '',
    '# The answer: by the kind of request, the cell, and the rules of the cell that hold.',
    ...(mode === 'fill'
      ? ['# None to a preflight: whatever headers it had, an error fails it.']
      : []),
    ...map(
      '"{cors_kind} {http.vars.cors_cell}"',
      'cors_rules',
      [...texts.setOf].filter(isAsked).map(([key, set]): Row => [quoted(key), set]),
      '""',
    ),
    ...map('{cors_rules}', 'cors_digits', digits, '""'),
    ...map(
      '"{cors_kind} {http.vars.cors_cell} {cors_digits}"',
      'cors_answer',
      [...texts.answers].filter(isAsked).map(([key, answer]): Row => [quoted(key), answer]),
      '""',
    ),
    'vars cors_answer {cors_answer}',
    ...map(
      '{http.vars.cors_answer}',
      'cors_status',
      tables.answers.flatMap(({ id, status }): Row[] =>
        status === undefined ? [] : [[id, `${status}`]],
      ),
      '""',
    ),
  ];
}

/** The value of a header, the name under which it is sent, and that under which it is taken off. */
function valuesOf(
  { name, variable, isTakenOff, valueIn }: AnswerHeader,
  { answers }: EdgeTables,
): readonly string[] {
  const rows = answers.flatMap((answer): (readonly [...Row, string])[] => {
    const value = valueIn(answer);
    if (value === undefined) return [];
    const { text, asked: part } = value;
    const asked = part === undefined ? '' : askedOf(part, text === '');
    return [[answer.id, quoted(text + asked), answer.id]];
  });
  const source = '{http.vars.cors_answer}';
  return [
    '',
    `# ${name}`,
    ...map(
      source,
      `cors_${variable}`,
      rows.map(([id, value]): Row => [id, value]),
      '""',
    ),
    ...map(placeholder(`cors_${variable}`), `cors_name_${variable}`, [['""', NONE]], name),
    ...own(variable),
    ...(isTakenOff
      ? map(
          `"${source}:{cors_${variable}}"`,
          `cors_off_${variable}`,
          [
            ['`~^:`', NONE],
            ['`~:$`', name],
          ],
          NONE,
        )
      : []),
  ];
}

function askedOf(part: NonNullable<HeaderValue['asked']>, isAlone: boolean): string {
  if (part === 'origin') return '{http.request.header.Origin}';
  return `{cors_${isAlone ? 'asked' : 'more'}_${part}}`;
}

/** The name that a header has on responses of Caddy's own; those of upstreams have a status by then. */
function own(variable: string): readonly string[] {
  return map(
    '{cors_upstream}',
    `cors_own_${variable}`,
    [['""', placeholder(`cors_name_${variable}`)]],
    NONE,
  );
}
