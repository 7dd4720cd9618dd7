import type { AgreementCase } from '../agreement-case.js';
import { answer, hop, OPEN, OPEN_PREFLIGHT } from './answers.js';
import { HEADER_LISTS, METHOD_LISTS, METHODS, REQUEST_HEADERS, STATUSES } from './choices.js';
import { ACAH, ACAM } from './header-names.js';

/** Statuses and redirects of preflight responses. */
export function* preflightStatuses(): Generator<AgreementCase> {
  for (const status of STATUSES) {
    for (const [shared, headers] of [
      ['shared', OPEN_PREFLIGHT],
      ['not shared', {}],
    ] as const) {
      yield {
        title: `preflight with status ${status}, ${shared}`,
        fetch: { method: 'PUT' },
        hops: [hop('api', { preflight: answer(status, headers) })],
      };
    }
    yield {
      title: `response with status ${status}`,
      fetch: {},
      hops: [hop('api', { answer: answer(status, OPEN) })],
    };
  }
  for (const status of [301, 302, 303, 307, 308]) {
    for (const location of ['{next}', null]) {
      yield {
        title: `preflight redirected with ${status}, location ${location}`,
        fetch: { method: 'PUT' },
        hops: [
          hop('api', { preflight: answer(status, { ...OPEN_PREFLIGHT, Location: location }) }),
          hop('api'),
        ],
      };
    }
  }
}

/** Access-Control-Allow-Methods. */
export function* methodLists(): Generator<AgreementCase> {
  for (const method of METHODS) {
    for (const [list, acam] of Object.entries(METHOD_LISTS)) {
      for (const credentials of ['omit', 'include'] as const) {
        yield {
          title: `${method}, credentials ${credentials}, methods ${list}`,
          // A header, so that GET is preceded by a preflight too.
          fetch: { method, credentials, headers: [['x-a', '1']] },
          hops: [hop('api', { preflight: answer(204, { ...OPEN, [ACAM]: acam, [ACAH]: 'x-a' }) })],
        };
      }
    }
  }
}

/** Access-Control-Allow-Headers. */
export function* headerLists(): Generator<AgreementCase> {
  for (const [sent, headers] of Object.entries(REQUEST_HEADERS)) {
    for (const [list, acah] of Object.entries(HEADER_LISTS)) {
      for (const credentials of ['same-origin', 'include'] as const) {
        yield {
          title: `${sent}, credentials ${credentials}, headers ${list}`,
          fetch: { method: 'POST', credentials, headers },
          hops: [hop('api', { preflight: answer(204, { ...OPEN, [ACAH]: acah }) })],
        };
      }
    }
  }
}

/** The preflight cache. */
export function* caching(): Generator<AgreementCase> {
  for (const age of [null, '0', '-1', '600', '99999', 'x', '600.5', '1e3', '+5', ' 600 ', '']) {
    for (const [lists, acam, acah] of [
      ['names', 'PUT', 'x-a'],
      ['stars', '*', '*'],
    ]) {
      yield {
        title: `two calls, max-age ${age}, ${lists}`,
        fetch: { method: 'PUT', headers: [['x-a', '1']] },
        calls: 2,
        hops: [
          hop('api', {
            preflight: answer(204, {
              ...OPEN,
              [ACAM]: acam ?? '',
              [ACAH]: acah ?? '',
              'Access-Control-Max-Age': age,
            }),
          }),
        ],
      };
    }
  }
}
