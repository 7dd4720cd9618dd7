import {
  cachedSeconds,
  type PreflightQuery,
  preflightReason,
  preflightRequest,
} from '../../../../lib/browser/fetch/preflight-query.js';
import { HeaderList } from '../../../../lib/browser/http/header-list.js';

describe('cachedSeconds', () => {
  it.each([
    [[], 5, 5, 5],
    [[''], 5, 5, 5],
    [['0'], 0, 0, 0],
    [['60'], 60, 60, 60],
    [['600'], 600, 600, 600],
    [['601'], 601, 601, 600],
    [['7201'], 7200, 7201, 600],
    [['86401'], 7200, 86_400, 600],
    [['9'.repeat(400)], 7200, 86_400, 600],
    [['-1'], 0, 0, 0],
    [['1.5'], 5, 0, 5],
    [['ten'], 5, 0, 5],
    [['60', '60'], 5, 0, 5],
  ])('%j', (values, chromium, firefox, safari) => {
    const headers = new HeaderList(values.map((value) => ['Access-Control-Max-Age', value]));
    expect({
      chromium: cachedSeconds(headers, 'chromium'),
      firefox: cachedSeconds(headers, 'firefox'),
      safari: cachedSeconds(headers, 'safari'),
    }).toEqual({ chromium, firefox, safari });
  });
});

const query: PreflightQuery = {
  url: 'https://api.example.com/x',
  origin: 'https://app.example.com',
  method: 'PATCH',
  unsafeNames: ['content-type', 'x-a'],
  writtenNames: [],
  credentialed: true,
  forced: false,
  repeated: false,
};

describe('preflightRequest', () => {
  it('is sent without credentials, and with a list without spaces', () => {
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

  it('omits an empty list', () => {
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
      `A preflight is needed because of ${reason}.`,
    );
  });

  it('is that Safari repeats itself, where nothing else needs one', () => {
    const repeated = { ...query, method: 'GET', unsafeNames: [], repeated: true };
    expect(preflightReason(repeated)).toBe('Safari repeats the preflight after a redirect.');
  });

  it.each(['GET', 'HEAD', 'POST'])('is null for %s with safelisted headers', (method) => {
    expect(preflightReason({ ...query, method, unsafeNames: [] })).toBeNull();
  });
});
