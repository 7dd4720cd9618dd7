import { corsCheck } from '../../../../lib/browser/response/cors-check.js';
import { HeaderList } from '../../../../lib/browser/response/header-list.js';
import { response } from '../network.js';

const ACAO = 'access-control-allow-origin';
const ACAC = 'Access-Control-Allow-Credentials';
const origin = 'https://app.example.com';

function check(headers: Parameters<typeof response>[1], credentialed: boolean) {
  return corsCheck(new HeaderList(response(200, headers).headers), origin, credentialed);
}

describe('corsCheck', () => {
  it.each([
    [{ [ACAO]: '*' }, false],
    [{ [ACAO]: '*', [ACAC]: 'nonsense' }, false],
    [{ [ACAO]: origin }, false],
    [{ [ACAO]: ` ${origin}\t` }, false],
    [{ [ACAO]: origin, [ACAC]: 'true' }, true],
    [{ [ACAO]: origin, [ACAC]: ' true ' }, true],
  ])('passes %j, credentialed: %s', (headers, credentialed) => {
    expect(check(headers, credentialed)).toBeNull();
  });

  it.each([
    [{}, 'ACAO_MISSING', '', 0],
    [{ [ACAO]: [origin, origin] }, 'ACAO_MULTIPLE', `${origin}, ${origin}`, 2],
    [{ [ACAO]: ['*', '*'] }, 'ACAO_MULTIPLE', '*, *', 2],
    [{ [ACAO]: `${origin},https://b.test` }, 'ACAO_MULTIPLE', `${origin},https://b.test`, 1],
    [{ [ACAO]: `${origin} https://b.test` }, 'ACAO_MULTIPLE', `${origin} https://b.test`, 1],
    [{ [ACAO]: 'app.example.com' }, 'ACAO_INVALID', 'app.example.com', 1],
    [{ [ACAO]: '' }, 'ACAO_INVALID', '', 1],
    [{ [ACAO]: 'true' }, 'ACAO_INVALID', 'true', 1],
    [{ [ACAO]: 'null' }, 'ACAO_MISMATCH', 'null', 1],
    [{ [ACAO]: `${origin}/` }, 'ACAO_MISMATCH', `${origin}/`, 1],
    [{ [ACAO]: 'https://App.example.com' }, 'ACAO_MISMATCH', 'https://App.example.com', 1],
  ])('%j → %s', (headers, failed, value, lines) => {
    expect(check(headers, false)).toEqual({ check: failed, details: { value, lines } });
  });

  it('takes no * for credentialed requests', () => {
    expect(check({ [ACAO]: '*', [ACAC]: 'true' }, true)).toEqual({
      check: 'ACAO_WILDCARD_CREDENTIALS',
      details: { value: '*', lines: 1 },
    });
  });

  it.each([
    [undefined, ''],
    ['True', 'True'],
    ['false', 'false'],
    [['true', 'true'], 'true, true'],
  ])('takes credentials: %j for no true', (sent, value) => {
    const headers = sent === undefined ? { [ACAO]: origin } : { [ACAO]: origin, [ACAC]: sent };
    expect(check(headers, true)).toEqual({ check: 'ACAC_NOT_TRUE', details: { value } });
  });

  it('lets null equal null', () => {
    const headers = new HeaderList([[ACAO, 'null']]);
    expect(corsCheck(headers, 'null', false)).toBeNull();
  });
});
