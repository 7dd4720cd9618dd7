import type { SimulationStep } from '../../browser/simulation-step.js';
import { shownHeaders } from '../../network/shown-headers.js';
import type { Style } from './style.js';

/** Of a chain of redirects, the beginning and the end say it all. */
const SHOWN_FIRST = 4;
const SHOWN_LAST = 2;

/** What the browser did, step by step, as lines. */
export function stepsText(steps: readonly SimulationStep[], style: Style): readonly string[] {
  const base = steps[0]?.request.url ?? '';
  const left = steps.length - SHOWN_FIRST - SHOWN_LAST;
  if (left <= 1) return steps.flatMap((step) => stepText(step, base, style));
  return [
    ...steps.slice(0, SHOWN_FIRST).flatMap((step) => stepText(step, base, style)),
    style('dim', `  ... ${left} more like these`),
    ...steps.slice(-SHOWN_LAST).flatMap((step) => stepText(step, base, style)),
  ];
}

function stepText(step: SimulationStep, base: string, style: Style): readonly string[] {
  const { request, response, failedCheck } = step;
  const mark = failedCheck === null ? style('green', '✓') : style('red', '✗');
  const end = response === null ? 'no answer' : String(response.status);
  const headers = response === null ? [] : shownHeaders(response.headers);
  const shown = response !== null && headers.length === 0 ? ['no CORS headers'] : headers;
  return [
    `${mark} ${request.method} ${shortUrl(request.url, base)} → ${style('bold', end)}`,
    ...askedText(step).map((line) => style('dim', `    ${line}`)),
    ...shown.map((line) => `    ${line}`),
  ];
}

/** Only what differs from the first URL: its origin stands above already. */
function shortUrl(url: string, base: string): string {
  const { origin, pathname, search } = new URL(url);
  return origin === new URL(base).origin ? pathname + search : url;
}

function askedText({ kind, request }: SimulationStep): readonly string[] {
  if (kind === 'request') return [];
  const value = (name: string) => request.headers.find(([other]) => other === name)?.[1];
  const names = value('Access-Control-Request-Headers');
  const method = value('Access-Control-Request-Method') ?? '';
  return [`asks for ${method}${names === undefined ? '' : ` with ${names.replaceAll(',', ', ')}`}`];
}
