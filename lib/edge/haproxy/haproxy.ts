import { ANSWER_HEADERS } from '../answer-headers.js';
import { type EdgeMode, type EdgeTarget, headed, headOf } from '../edge-target.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import { haproxyExample } from './haproxy-example.js';
import { haproxyMaps, mapOf } from './haproxy-maps.js';
import { readOrigin, readPath, readRequest } from './haproxy-request.js';

/** HAProxy 2.6 and later, built with PCRE. */
export const haproxy: EdgeTarget = {
  title: 'HAProxy',
  modes: ['fill', 'answer'],
  looksAround: true,
  longestExpression: 12_000,
  files: (plan, mode) => [
    { path: 'cors.cfg', text: configuration(plan, mode) },
    ...haproxyMaps(plan.tables).map(({ path, use, text }) => ({
      path,
      text: headed(plan, 'haproxy', mode, use, text),
    })),
    {
      path: 'example/haproxy.cfg',
      text: headed(plan, 'haproxy', mode, EXAMPLE_USE, haproxyExample(plan.tables)),
    },
  ],
};

const EXAMPLE_USE = 'From the folder above: haproxy -f cors.cfg -f example/haproxy.cfg';

function configuration(plan: EdgePlan, mode: EdgeMode): string {
  const uses = [
    'Use: haproxy -f cors.cfg -f own.cfg, with `frontend NAME from cors` in own.cfg. Needs HAProxy 2.6 or later with PCRE. The maps are beside this file.',
  ];
  const rules = [
    ...readRequest(),
    ...readPath(plan.tables),
    ...readOrigin(plan.tables),
    ...decide(plan, mode),
    ...(mode === 'answer' ? answerPreflights() : []),
    ...writeHeaders(mode),
  ];
  return [
    ...headOf(plan, 'haproxy', mode, uses),
    '',
    'global',
    '  # The maps are beside this file.',
    '  default-path config',
    '',
    'defaults cors',
    '  mode http',
    ...TIMEOUTS,
    ...rules.map((line) => (line === '' ? '' : `  ${line}`)),
    '',
    '# What comes after this file has no CORS, unless it is `from cors`.',
    'defaults',
    '  mode http',
    ...TIMEOUTS,
    '',
  ].join('\n');
}

const TIMEOUTS = ['  timeout connect 5s', '  timeout client 30s', '  timeout server 30s'];

/** Rules, cells and the kind of request become an answer, and the answer its headers. */
function decide({ tables }: EdgePlan, mode: EdgeMode): readonly string[] {
  const sets = new Set(tables.cells.flatMap(({ preflight, response }) => [preflight, response]));
  const rules = new Map(
    [...sets].flatMap((decision) =>
      decision === undefined ? [] : [[decision.rules.join(), decision.rules] as const],
    ),
  );
  return [
    '',
    '# The answer: by the kind of request, the cell, and the rules of the cell that hold.',
    ...(mode === 'fill'
      ? ['# None to a preflight: whatever headers it had, an error fails it.']
      : []),
    'http-request set-var-fmt(txn.cors_question) "%[var(txn.cors_kind)]:%[var(txn.cors_cell)]"',
    'http-request set-var(txn.cors_rules) var(txn.cors_question),map_str(cors-rule-sets.map)',
    ...[...rules.values()].flatMap((set) => {
      if (set.length === 0) return [];
      const digits = set.map((rule) => `%[var(txn.cors_rule${rule})]`).join('');
      return [
        `http-request set-var-fmt(txn.cors_digits) "${digits}" if { var(txn.cors_rules) -m str ${set.join('-')} }`,
      ];
    }),
    'http-request set-var-fmt(txn.cors_question) "%[var(txn.cors_question)]:%[var(txn.cors_digits)]"',
    `http-request set-var(txn.cors_answer) var(txn.cors_question),map_str(cors-answers.map)${mode === 'fill' ? ' if { var(txn.cors_kind) -m str response }' : ''}`,
    'http-request set-var(txn.cors_status) var(txn.cors_answer),map_str(cors-status.map)',
    'http-request set-var(txn.cors_vary) var(txn.cors_answer),map_str(cors-vary.map)',
    ...ANSWER_HEADERS.map(
      ({ variable }) =>
        `http-request set-var(txn.cors_${variable}) var(txn.cors_answer),map_str(${mapOf(variable)})`,
    ),
    '',
    '# What of a header is taken from the request.',
    ...ANSWER_HEADERS.flatMap(({ variable, valueIn }) => {
      const [asked] = tables.answers.flatMap((answer) => valueIn(answer)?.asked ?? []);
      return asked === undefined
        ? []
        : completed(`txn.cors_${variable}`, `txn.cors_asked_${asked}`);
    }),
  ];
}

/** A value ends in a semicolon where something of the request comes after it. */
function completed(variable: string, asked: string): readonly string[] {
  return [
    `http-request unset-var(txn.cors_text)`,
    `http-request set-var(txn.cors_text) 'var(${variable}),regsub(;$,)' if { var(${variable}) -m end ; }`,
    `http-request unset-var(${variable}) if { var(txn.cors_text) -m found }`,
    `http-request set-var(${variable}) var(txn.cors_text) if { var(txn.cors_text) -m len gt 0 }`,
    `http-request set-var-fmt(${variable}) "%[var(${variable})], %[var(${asked})]" if { var(txn.cors_text) -m len gt 0 } { var(${asked}) -m found }`,
    `http-request set-var(${variable}) var(${asked}) if { var(txn.cors_text) -m len 0 } { var(${asked}) -m found }`,
  ];
}

function answerPreflights(): readonly string[] {
  return [
    '',
    '# Preflights are answered here, before any authentication.',
    'http-request return status 204 if { var(txn.cors_status) -m str 204 }',
    'http-request return status 403 if { var(txn.cors_status) -m str 403 }',
  ];
}

function writeHeaders(mode: EdgeMode): readonly string[] {
  const own = mode === 'fill' ? ' !{ var(txn.cors_upstream) -m found }' : '';
  return [
    '',
    ...(mode === 'fill'
      ? [
          '# Only what HAProxy answers itself, such as a 503, gets headers: servers have their own.',
          'http-response set-var(txn.cors_upstream) bool(true)',
        ]
      : [
          '# The headers of the servers are taken off.',
          ...ANSWER_HEADERS.filter(({ isTakenOff }) => isTakenOff).map(
            ({ name }) =>
              `http-after-response del-header ${name} if { var(txn.cors_answer) -m found }`,
          ),
        ]),
    ...ANSWER_HEADERS.map(
      ({ name, variable }) =>
        `http-after-response set-header ${name} "%[var(txn.cors_${variable})]" if { var(txn.cors_${variable}) -m found }${own}`,
    ),
    `http-after-response add-header Vary Origin if { var(txn.cors_vary) -m found }${own} !{ res.hdr(vary) -i -m str origin } !{ res.hdr(vary) -m str * }`,
  ];
}
