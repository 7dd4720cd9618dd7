import type { AgreementCase, Place } from '../agreement-case.js';
import { answer, hop, OPEN } from './answers.js';
import { ACAH, ACAM, ACAO } from './header-names.js';

/** Redirects of the request itself. */
export function* redirects(): Generator<AgreementCase> {
  const origins = { page: '{page}', star: '*', null: 'null', none: null } as const;
  const chains: readonly (readonly Place[])[] = [
    ['page', 'page'],
    ['page', 'api'],
    ['api', 'page'],
    ['api', 'api'],
    ['api', 'other'],
    ['page', 'api', 'page'],
    ['page', 'api', 'other'],
    ['api', 'api', 'other'],
  ];
  for (const chain of chains) {
    for (const [first, acao] of Object.entries(origins)) {
      for (const [last, lastAcao] of Object.entries(origins)) {
        for (const method of ['GET', 'PUT']) {
          const headers = { [ACAO]: acao, [ACAM]: 'PUT', [ACAH]: 'authorization' };
          const end = { [ACAO]: lastAcao, [ACAM]: 'PUT', [ACAH]: 'authorization' };
          yield {
            title: `${method} ${chain.join(' to ')}, origin ${first}, at the end ${last}`,
            fetch: { method, ...(method === 'PUT' && { headers: [['Authorization', 'x']] }) },
            hops: chain.map((at, index) =>
              index === chain.length - 1
                ? hop(at, { preflight: answer(204, end), answer: answer(200, end) })
                : hop(at, {
                    preflight: answer(204, headers),
                    answer: answer(307, { ...headers, Location: '{next}' }),
                  }),
            ),
          };
        }
      }
    }
  }
  for (const status of [300, 301, 302, 303, 304, 307, 308]) {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'HEAD']) {
      const headers = [['Content-Type', 'application/json']] as const;
      yield {
        title: `${method} redirected with ${status}`,
        fetch: { method, headers },
        hops: [hop('api', { answer: answer(status, { ...OPEN, Location: '{next}' }) }), hop('api')],
      };
    }
  }
  const locations = [
    'http://u:p@{nextHost}',
    'http://@{nextHost}',
    'data:,x',
    'ftp://x.test/',
    'about:blank',
    'file:///x',
    'custom:x',
    'ws://x.test/',
    'http://[',
    '',
    ' ',
  ];
  for (const at of ['page', 'api'] as const) {
    for (const location of [...locations, null, ['{next}', '{next}'], ['{next}', '/x']]) {
      yield {
        title: `${at} redirects to ${String(location)}`,
        fetch: {},
        hops: [hop(at, { answer: answer(302, { ...OPEN, Location: location }) }), hop('api')],
      };
    }
  }
  for (const count of [20, 21]) {
    yield {
      title: `${count} redirects`,
      fetch: {},
      hops: Array.from({ length: count + 1 }, (_, index) =>
        hop('api', {
          answer: answer(index < count ? 302 : 200, {
            ...OPEN,
            Location: index < count ? '{next}' : null,
          }),
        }),
      ),
    };
  }
}
