import type { PreflightQuery } from '../../../../lib/browser/preflight/preflight-query.js';
import { preflightReason } from '../../../../lib/browser/preflight/preflight-reason.js';
import { preflightRequest } from '../../../../lib/browser/preflight/preflight-request.js';

const query: PreflightQuery = {
  url: 'https://api.example.com/x',
  origin: 'https://app.example.com',
  method: 'PATCH',
  unsafeNames: ['content-type', 'x-a'],
  writtenNames: [],
  credentialed: true,
  forced: false,
};

describe('preflightRequest', () => {
  it('asks without credentials, and with a list without spaces', () => {
    expect(preflightRequest(query)).toEqual({
      method: 'OPTIONS',
      url: 'https://api.example.com/x',
      headers: [
        ['Accept', '*/*'],
        ['Access-Control-Request-Method', 'PATCH'],
        ['Access-Control-Request-Headers', 'content-type,x-a'],
        ['Origin', 'https://app.example.com'],
      ],
      credentials: false,
    });
  });

  it('leaves out an empty list', () => {
    const names = preflightRequest({ ...query, unsafeNames: [] }).headers.map(([name]) => name);
    expect(names).toEqual(['Accept', 'Access-Control-Request-Method', 'Origin']);
  });
});

describe('preflightReason', () => {
  it.each([
    [{}, 'the method PATCH and the request headers content-type, x-a'],
    [{ method: 'POST' }, 'the request headers content-type, x-a'],
    [{ unsafeNames: [] }, 'the method PATCH'],
    [{ method: 'GET', unsafeNames: [], forced: true }, 'upload listeners or a streamed body'],
  ])('%j', (changes, reason) => {
    expect(preflightReason({ ...query, ...changes })).toBe(
      `A CORS-preflight request is needed because of ${reason}.`,
    );
  });

  it.each(['GET', 'HEAD', 'POST'])('is null for %s with safelisted headers', (method) => {
    expect(preflightReason({ ...query, method, unsafeNames: [] })).toBeNull();
  });
});
