import type { AgreementCase } from '../agreement-case.js';
import { answer, hop, OPEN } from './answers.js';

/** Headers that are safelisted, or not, by their value. */
const VALUES: readonly (readonly [string, string])[] = [
  ['accept', 'application/json'],
  ['accept', 'a"b'],
  ['accept', 'a:b'],
  ['accept', 'x'.repeat(128)],
  ['accept', 'x'.repeat(129)],
  ['accept-language', 'en-GB, en;q=0.5, *'],
  ['accept-language', 'en_GB'],
  ['content-language', 'de'],
  ['content-language', 'de@latin'],
  ['content-type', 'multipart/form-data; boundary=x'],
  ['content-type', 'application/x-www-form-urlencoded'],
  ['content-type', 'TEXT/PLAIN'],
  ['content-type', 'text/html'],
  ['content-type', 'text/plain, text/plain'],
  ['content-type', 'text'],
  ['range', 'bytes=0-99'],
  ['range', 'bytes=5-'],
  ['range', 'bytes=-5'],
  ['range', 'bytes=9-1'],
  ['range', 'bytes=0-1,3-4'],
  ['range', 'bytes= 0-1'],
  ['dpr', '2'],
  ['DPR', '1.5'],
  ['dpr', '1.'],
  ['dpr', ''],
  ['device-memory', 'x'],
  ['downlink', '.5'],
  ['width', '100'],
  ['viewport-width', '10.0'],
  ['viewport-height', '1'],
  ['rtt', '1'],
  ['ect', '4g'],
  ['ect', '4G'],
  ['ect', 'offline'],
  ['save-data', 'ON'],
  ['save-data', 'off'],
  ['intervention', 'x'],
  ['last-event-id', '7'],
  ['user-agent', 'x'],
  ['x-empty', ''],
];

/** Which headers need a preflight. */
export function* headerValues(): Generator<AgreementCase> {
  for (const [name, value] of VALUES) {
    yield {
      title: `${name}: ${value.slice(0, 20)}${value.length > 20 ? value.length : ''}`,
      fetch: { headers: [[name, value]] },
      hops: [hop('api', { preflight: answer(204, OPEN) })],
    };
  }
  for (const length of [100, 128]) {
    const headers = ['accept', 'accept-language', 'content-language', 'content-type'].map(
      (name) => [name, name === 'content-type' ? 'text/plain' : 'a'.repeat(length)] as const,
    );
    yield {
      title: `safelisted headers of ${length} bytes`,
      fetch: { headers },
      hops: [hop('api', { preflight: answer(204, OPEN) })],
    };
  }
}

/** Modes, and what `fetch()` refuses. */
export function* modes(): Generator<AgreementCase> {
  for (const at of ['page', 'api'] as const) {
    for (const mode of ['cors', 'no-cors', 'same-origin'] as const) {
      for (const redirect of ['follow', 'error', 'manual'] as const) {
        for (const status of [200, 302]) {
          yield {
            title: `${at}, mode ${mode}, redirect ${redirect}, status ${status}`,
            fetch: { mode, redirect },
            hops: [
              hop(at, {
                answer: answer(status, { ...OPEN, Location: status === 302 ? '{next}' : null }),
              }),
              hop('api'),
            ],
          };
        }
      }
    }
  }
  for (const method of ['TRACE', 'connect', 'Track', 'GET, PUT', 'POST', 'OPTIONS']) {
    yield { title: `method ${method}`, fetch: { method }, hops: [hop('api')] };
    yield {
      title: `no-cors, method ${method}`,
      fetch: { method, mode: 'no-cors' },
      hops: [hop('api')],
    };
  }
  for (const name of [
    'Cookie',
    'Sec-X',
    'proxy-x',
    'X-HTTP-Method',
    'Origin',
    'Date',
    'bad name',
  ]) {
    yield { title: `header ${name}`, fetch: { headers: [[name, 'TRACE']] }, hops: [hop('api')] };
  }
}
