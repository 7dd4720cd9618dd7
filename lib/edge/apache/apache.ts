import { ANSWER_HEADERS, type AnswerHeader } from '../answer-headers.js';
import { decisionTexts } from '../decisions.js';
import { type EdgeMode, type EdgeTarget, headed, headOf } from '../edge-target.js';
import { groupBy } from '../../policy-file/group-by.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import type { EdgeTables } from '../tables.js';
import { apacheExample } from './apache-example.js';
import { readOrigin, readPath, readRequest } from './apache-request.js';
import { assigned, env, isSet, lists, matches, set, unset } from './apache-text.js';

/** Apache 2.4. */
export const apache: EdgeTarget = {
  title: 'Apache',
  modes: ['fill', 'answer'],
  looksAround: true,
  files: (plan, mode) => [
    { path: 'cors.conf', text: configuration(plan, mode) },
    {
      path: 'example/httpd.conf',
      text: headed(plan, 'apache', mode, EXAMPLE_USE, apacheExample(plan.tables)),
    },
  ],
};

const EXAMPLE_USE =
  'From this folder, as Debian has Apache: apache2 -d "$PWD" -f httpd.conf -D FOREGROUND';

function configuration(plan: EdgePlan, mode: EdgeMode): string {
  const uses = [
    'Use: `Include cors.conf` in a <VirtualHost>. Apache 2.4 with the modules headers, rewrite and setenvif.',
    ...(plan.tables.basePath === ''
      ? ['Proxies need `nocanon`, `AllowEncodedSlashes NoDecode` and `MergeSlashes off`.']
      : []),
  ];
  return [
    ...headOf(plan, 'apache', mode, uses),
    ...readRequest(),
    ...readPath(plan.tables),
    ...readOrigin(plan.tables),
    ...decide(plan.tables, mode),
    ...(mode === 'answer' ? answerPreflights() : []),
    ...writeHeaders(mode),
    '',
  ].join('\n');
}

function decide(tables: EdgeTables, mode: EdgeMode): readonly string[] {
  const texts = decisionTexts(tables, ' ');
  const isAsked = ([key]: Row) => mode === 'answer' || key.startsWith('response');
  return [
    '',
    '# The answer: by the kind of request, the cell, and the rules of the cell that hold.',
    ...(mode === 'fill'
      ? ['# None to a preflight: whatever headers it had, an error fails it.']
      : []),
    ...[...groupBy([...texts.setOf].filter(isAsked), valueOf)].flatMap(([name, rows]) => {
      const rules = texts.ruleSets.get(name) ?? [];
      return rules.length === 0 ? [] : isAmong(QUESTION, rows, `cors_rules=${name}`);
    }),
    ...[...texts.ruleSets].flatMap(([name, rules]) => {
      if (rules.length === 0) return [];
      const values = rules.map((rule) => env(`cors_rule${rule}`)).join('');
      return [
        set(
          `reqenv('cors_rules') == '${name}' && '${values}' =~ ${matches('^(.*)$')}`,
          'cors_digits=$1',
        ),
      ];
    }),
    ...[...groupBy([...texts.answers].filter(isAsked), valueOf)].flatMap(([answer, rows]) =>
      isAmong(`${QUESTION} ${env('cors_digits')}`, rows, `cors_answer=${answer}`),
    ),
    ...tables.answers.map((answer) => {
      const { id, status, varyByOrigin } = answer;
      const values = ANSWER_HEADERS.flatMap(({ variable, valueIn }) => {
        const text = valueIn(answer)?.text ?? '';
        return text === '' ? [] : [assigned(`cors_${variable}`, text)];
      });
      const rest = [
        ...(status === undefined ? [] : [`cors_status=${status}`]),
        ...(varyByOrigin ? ['cors_vary=1'] : []),
      ];
      const all = [...values, ...rest];
      return all.length === 0 ? '' : set(`reqenv('cors_answer') == '${id}'`, ...all);
    }),
    '',
    '# What of a header is taken from the request.',
    ...ANSWER_HEADERS.flatMap((header) => completed(header, tables)),
  ].filter((line, index, lines) => line !== '' || lines[index + 1]?.startsWith('#'));
}

/** What a decision depends on, and what it is. */
type Row = readonly [key: string, value: string];

function valueOf([, value]: Row): string {
  return value;
}

function isAmong(text: string, rows: readonly Row[], variable: string): readonly string[] {
  return lists(rows.map(([key]) => key)).map((list) => set(`'${text}' -in ${list}`, variable));
}

const QUESTION = `${env('cors_kind')} ${env('cors_cell')}`;

function completed(
  { variable, valueIn }: AnswerHeader,
  { answers }: EdgeTables,
): readonly string[] {
  const asking = answers.flatMap((answer) => {
    const value = valueIn(answer);
    return value?.asked === undefined ? [] : [{ id: answer.id, asked: value.asked }];
  });
  const [first] = asking;
  if (first === undefined) return [];
  const asked = `cors_asked_${first.asked}`;
  const ids = asking.map(({ id }) => id).join('|');
  const condition = `reqenv('cors_answer') =~ ${matches(`^(?:${ids})$`)} && ${isSet(asked)}`;
  return [
    // Not yet the value: what is set is not empty any more.
    set(
      `${condition} && -z reqenv('cors_${variable}') && reqenv('${asked}') =~ ${matches('^(.+)$')}`,
      `cors_only_${variable}=$1`,
    ),
    // In neither of them is there a colon.
    set(
      `${condition} && '${env(`cors_${variable}`)}:${env(asked)}' =~ ${matches('^([^:]+):(.+)$')}`,
      `cors_${variable}=$1, $2`,
    ),
    set(`reqenv('cors_only_${variable}') =~ ${matches('^(.+)$')}`, `cors_${variable}=$1`),
    unset(`cors_only_${variable}`),
  ];
}

function answerPreflights(): readonly string[] {
  return [
    '',
    '# Preflights are answered here, before any authentication.',
    'RewriteEngine On',
    'RewriteCond %{ENV:cors_status} =204',
    'RewriteRule ^ - [R=204,L]',
    'RewriteCond %{ENV:cors_status} =403',
    'RewriteRule ^ - [F,L]',
  ];
}

function writeHeaders(mode: EdgeMode): readonly string[] {
  // A response without a date has not come from an upstream; an error document has REDIRECT_ variables.
  const own = mode === 'fill' ? " && -z resp('Date')" : '';
  return [
    '',
    ...(mode === 'fill'
      ? [
          '# Only what Apache answers itself, such as a 503, gets headers: it has no date before it is sent,',
          '# whereas upstreams date their responses. In an error document, variables begin with REDIRECT_.',
        ]
      : [
          '# The headers of upstreams are taken off. In an error document, variables begin with REDIRECT_.',
        ]),
    ...(mode === 'fill'
      ? []
      : ANSWER_HEADERS.filter(({ isTakenOff }) => isTakenOff).flatMap(({ name }) =>
          ['always', 'onsuccess'].map(
            (table) => `Header ${table} unset ${name} "expr=${isSet('cors_answer')}"`,
          ),
        )),
    ...['', 'REDIRECT_'].flatMap((prefix) => [
      ...ANSWER_HEADERS.flatMap(({ name, variable, isTakenOff }) => {
        const known = isSet(`${prefix}cors_${variable}`);
        return [
          // The policy's, in place of the upstream's.
          ...(isTakenOff || mode === 'fill' || prefix !== ''
            ? []
            : [`Header onsuccess unset ${name} "expr=${known}"`]),
          `Header always set ${name} "%{${prefix}cors_${variable}}e" "expr=${known}${own}"`,
        ];
      }),
      `Header always merge Vary Origin "expr=${isSet(`${prefix}cors_vary`)}${own}"`,
    ]),
  ];
}
