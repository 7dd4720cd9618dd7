import type { Simulation } from '../browser/simulation.js';
import { shownHeaders } from '../network/shown-headers.js';
import { printable } from '../text/escape.js';
import type { CorsCall } from './cors-call.js';

/** What a failed test prints: what was expected, what happened instead, and step by step how. */
export function failureMessage(
  call: CorsCall,
  expected: string,
  actual: string,
  { steps, message, fix }: Simulation,
): string {
  const credentials = call.credentials === true ? ' with credentials' : '';
  const lines = [
    `Expected ${call.method} ${printable(call.path)} from ${call.origin}${credentials} to be ${expected}, but it is ${actual}.`,
    '',
  ];
  for (const { request, response, failedCheck } of steps) {
    const answer = response === null ? 'no answer' : String(response.status);
    const failed = failedCheck === null ? '' : `  <- ${failedCheck}`;
    lines.push(`  ${request.method} ${request.url} -> ${answer}${failed}`);
    for (const [name, value] of request.headers) {
      if (name.startsWith('Access-Control-')) lines.push(`    > ${name}: ${value}`);
    }
    for (const line of shownHeaders(response?.headers ?? [])) lines.push(`    < ${line}`);
  }
  if (message !== null) lines.push('', `  ${message.replaceAll('\n', '\n  ')}`);
  if (fix !== null) lines.push('', `  ${fix.sentence}`);
  return lines.join('\n');
}
