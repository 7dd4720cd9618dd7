import type { ReceivedResponse, SimulateOptions } from '../../../lib/browser/index.js';
import type { CorsBlockReason } from '../../../lib/testing/cors-call.js';
import { blockReason } from '../../../lib/testing/failure-message.js';
import { network, response, visit } from '../browser/network.js';

type Options = Partial<Omit<SimulateOptions, 'send'>>;

const page = 'https://app.example.com';
const acao = (origin: string | string[], more: Record<string, string> = {}) => ({
  'access-control-allow-origin': origin,
  ...more,
});
const redirect = (location: string) => response(302, acao('*', { location }));
const put: Options = { method: 'PUT' };

describe('blockReason', () => {
  it.each<[CorsBlockReason | null, string, readonly (ReceivedResponse | Error)[], Options]>([
    ['origin-not-allowed', 'no origin, but Vary', [response(200, { vary: 'a, ORIGIN' })], {}],
    ['cors-disabled', 'no origin', [response(200)], {}],
    ['cors-disabled', 'no origin, other Vary', [response(200, { vary: 'accept-encoding' })], {}],
    ['cors-disabled', 'no origin, preflight', [response(403)], put],
    ['origin-not-allowed', 'no origin, preflight', [response(403, { vary: 'Origin' })], put],
    ['origin-not-allowed', 'another origin', [response(200, acao('https://b.test'))], {}],
    ['origin-not-allowed', 'a value that is not an origin', [response(200, acao('b.test'))], {}],
    ['several-origins', 'two lines', [response(200, acao([page, page]))], {}],
    ['credentials-not-allowed', '*', [response(200, acao('*'))], { credentials: true }],
    ['credentials-not-allowed', 'no true', [response(200, acao(page))], { credentials: true }],
    ['method-not-allowed', 'the method', [response(204, acao('*'))], put],
    ['header-not-allowed', 'a header', [response(204, acao('*'))], { headers: { 'x-a': '1' } }],
    [
      'header-not-allowed',
      'authorization under *',
      [response(204, acao('*', { 'access-control-allow-headers': '*' }))],
      { headers: { authorization: 'x' } },
    ],
    ['preflight-failed', 'its status', [response(401, acao('*'))], put],
    ['preflight-failed', 'its redirect', [redirect('/y')], put],
    [
      'preflight-failed',
      'its methods',
      [response(204, acao('*', { 'access-control-allow-methods': 'a b' }))],
      put,
    ],
    [
      'preflight-failed',
      'its headers',
      [response(204, acao('*', { 'access-control-allow-headers': 'a b' }))],
      put,
    ],
    ['redirect-failed', 'user info', [redirect('https://u:p@b.test/')], {}],
    ['redirect-failed', 'scheme', [redirect('ftp://b.test/')], {}],
    ['redirect-failed', 'too many', Array.from({ length: 21 }, () => redirect('/x')), {}],
    ['redirect-failed', 'mode', [redirect('/x')], { redirect: 'error' }],
    ['not-sent', 'the method', [], { method: 'TRACE' }],
    ['not-sent', 'the mode', [], { mode: 'same-origin' }],
    ['not-sent', 'the scheme', [], { url: 'ftp://b.test/' }],
    [null, 'no answer', [], {}],
    [null, 'nothing', [response(200, acao('*'))], {}],
  ])('is %s: %s', async (reason, _, answers, options) => {
    expect(blockReason(await visit({ ...options, send: network(...answers).send }))).toBe(reason);
  });
});
