import type { AgreementCase } from '../agreement-case.js';
import { answer, hop, OPEN } from './answers.js';
import { CREDENTIALS, ORIGINS } from './choices.js';
import { ACAC, ACAM, ACAO, ACEH } from './header-names.js';

/** The CORS check. */
export function* corsChecks(): Generator<AgreementCase> {
  for (const [origin, acao] of Object.entries(ORIGINS)) {
    yield {
      title: `GET, origin ${origin}`,
      fetch: {},
      hops: [hop('api', { answer: answer(200, { [ACAO]: acao }) })],
    };
    yield {
      title: `PUT, preflight with origin ${origin}`,
      fetch: { method: 'PUT' },
      hops: [hop('api', { preflight: answer(200, { [ACAO]: acao, [ACAM]: 'PUT' }) })],
    };
    for (const [credentials, acac] of Object.entries(CREDENTIALS)) {
      yield {
        title: `GET with credentials, origin ${origin}, credentials ${credentials}`,
        fetch: { credentials: 'include' },
        hops: [hop('api', { answer: answer(200, { [ACAO]: acao, [ACAC]: acac }) })],
      };
    }
  }
}

/** What a page can read of a response. */
export function* exposure(): Generator<AgreementCase> {
  const lists = [
    null,
    '*',
    'X-One',
    'x-one, X-TWO',
    'x-one x-two',
    'set-cookie, x-one',
    '*, x-one',
  ];
  for (const list of lists) {
    for (const credentials of ['omit', 'include'] as const) {
      yield {
        title: `credentials ${credentials}, exposed ${list}`,
        fetch: { credentials },
        hops: [
          hop('api', {
            answer: answer(200, {
              ...OPEN,
              [ACEH]: list,
              'X-One': '1',
              'X-Two': '2',
              Pragma: 'x',
              ETag: '"3"',
              'Content-Type': 'text/plain',
              'Last-Modified': 'Mon, 01 Jan 2024 00:00:00 GMT',
              'Set-Cookie': 'a=b',
            }),
          }),
        ],
      };
    }
  }
}
