import { checkLengths, type EdgeMode, type EdgeTarget, headOf } from '../edge-target.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import { answerMaps } from './answer-maps.js';
import { decisionMaps } from './decision-maps.js';
import { type NginxMap, mapText, hashSettings } from './map.js';
import { placeMaps } from './place-maps.js';
import { exampleText, serverText } from './server-text.js';

const TITLE = 'nginx';
/** Of 4096, what remains for quotes, and for backslashes before some characters of an expression. */
const LONGEST_WORD = 4000;

/** nginx 1.18 and later: everything is decided by `map`, and nothing is evaluated that is not needed. */
export const nginx: EdgeTarget = {
  title: TITLE,
  modes: ['fill', 'answer'],
  looksAround: true,
  longestExpression: 3000,
  files: (plan, mode) => [
    { path: 'cors-http.conf', text: httpText(plan, mode) },
    { path: 'cors-server.conf', text: serverText(plan, mode) },
    { path: 'example/nginx.conf', text: exampleText(plan, mode) },
  ],
};

function httpText(plan: EdgePlan, mode: EdgeMode): string {
  const { tables } = plan;
  const head = headOf(plan, TITLE, mode, [
    'Include it in `http`, and cors-server.conf in `server`.',
  ]);
  const maps: readonly NginxMap[] = [
    ...placeMaps(tables, mode),
    ...decisionMaps(tables, mode),
    ...answerMaps(tables, mode),
  ];
  const words = maps.flatMap(({ rows }) => rows.flatMap(([key, value]) => [key, value]));
  checkLengths(TITLE, words, LONGEST_WORD);
  const dollar = maps.some(({ rows }) => rows.some(([, value]) => value.includes('${cors_dollar}')))
    ? [
        '',
        '# A value cannot hold a dollar sign; a variable can.',
        'geo $cors_dollar {',
        '    default "$";',
        '}',
      ]
    : [];
  return `${[...head, ...hashSettings(maps), ...dollar, ...maps.flatMap(mapText)].join('\n')}\n`;
}
