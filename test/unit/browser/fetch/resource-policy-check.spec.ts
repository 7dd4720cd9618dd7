import { BROWSER_NAMES } from '../../../../lib/browser/simulation.js';
import { network, response, visit } from '../network.js';

const CORP = 'cross-origin-resource-policy';
const JSON_TYPE = { 'content-type': 'application/json' };

type Options = Partial<Parameters<typeof visit>[0]>;

async function failedIn(value: string | readonly string[] | null, options: Options = {}) {
  const headers = { ...JSON_TYPE, ...(value !== null && { [CORP]: value }) };
  return Promise.all(
    BROWSER_NAMES.map(async (browser) => {
      const { send } = network(response(200, headers));
      return (await visit({ mode: 'no-cors', ...options, browser, send })).failedCheck;
    }),
  );
}

const PASSED = [null, null, null];
const BLOCKED = ['CORP', 'CORP', 'CORP'];

describe('Cross-Origin-Resource-Policy', () => {
  it.each([
    [null, PASSED],
    ['cross-origin', PASSED],
    ['same-site', PASSED],
    ['same-origin', BLOCKED],
    ['  same-origin ', BLOCKED],
    ['Same-Origin', PASSED],
    ['same-origin, cross-origin', PASSED],
    [['same-origin', 'same-origin'], PASSED],
    ['none', PASSED],
    ['', PASSED],
  ])('%j from a page of the same site: %j', async (value, outcomes) => {
    expect(await failedIn(value)).toEqual(outcomes);
  });

  it.each([
    ['https://app.example.com', 'https://example.com/', PASSED],
    ['https://app.example.com', 'http://localhost/', BLOCKED],
    ['http://app.example.com', 'http://api.example.com/', PASSED],
    ['http://app.example.com', 'https://api.example.com/', BLOCKED],
    ['https://a.co.uk', 'https://b.co.uk/', BLOCKED],
    ['https://one.github.io', 'https://two.github.io/', BLOCKED],
    ['https://10.0.0.1', 'https://10.0.0.2/', BLOCKED],
    ['http://localhost:3000', 'http://localhost:4000/', PASSED],
    ['null', 'https://api.example.com/', BLOCKED],
  ])('same-site, page %s, URL %s: %j', async (pageOrigin, url, outcomes) => {
    expect(await failedIn('same-site', { pageOrigin, url, mixedContent: 'note' })).toEqual(
      outcomes,
    );
  });

  it('does not matter to CORS, or within the origin', async () => {
    const headers = { [CORP]: 'same-origin', 'access-control-allow-origin': '*' };
    const verdicts = await Promise.all(
      (['cors', 'same-origin', 'no-cors'] as const).map(async (mode) => {
        const url = mode === 'cors' ? 'https://api.example.com/x' : '/x';
        return (await visit({ mode, url, send: network(response(200, headers)).send })).verdict;
      }),
    );
    expect(verdicts).toEqual(['allowed', 'not-cors', 'not-cors']);
  });

  it('is checked on a redirect as well', async () => {
    const { send, sent } = network(response(302, { [CORP]: 'same-origin', location: '/y' }));
    const { failedCheck, blockedAt } = await visit({ mode: 'no-cors', send });
    expect([failedCheck, blockedAt, sent.length]).toEqual(['CORP', 'redirect', 1]);
  });
});

describe("the page's Cross-Origin-Embedder-Policy", () => {
  it.each([
    ['require-corp', null, BLOCKED],
    ['require-corp', '', BLOCKED],
    ['require-corp', 'cross-origin', PASSED],
    ['require-corp', 'same-site', PASSED],
    ['require-corp', 'same-origin', BLOCKED],
    // Firefox takes any value for a policy.
    ['require-corp', 'none', ['CORP', null, 'CORP']],
    ['credentialless', null, PASSED],
    ['credentialless', 'same-origin', BLOCKED],
    ['unsafe-none', null, PASSED],
  ] as const)('%s and a policy of %j: %j', async (embedderPolicy, value, outcomes) => {
    expect(await failedIn(value, { embedderPolicy })).toEqual(outcomes);
  });

  it('says when it is only its doing', async () => {
    const details = async (headers: Readonly<Record<string, string>>) => {
      const { send } = network(response(200, headers));
      return (await visit({ mode: 'no-cors', embedderPolicy: 'require-corp', send })).details;
    };
    expect(await details({})).toEqual({ value: '', embedderPolicy: true });
    expect(await details({ [CORP]: 'same-origin' })).toEqual({ value: 'same-origin' });
  });
});
