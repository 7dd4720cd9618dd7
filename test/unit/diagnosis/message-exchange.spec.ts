import { browserMessages } from '../../../lib/browser/index.js';
import { BROWSER_NAMES } from '../../../lib/browser/simulation.js';
import { likelyMethod, messageExchanges } from '../../../lib/diagnosis/message-exchange.js';
import { readConsole } from '../../../lib/diagnosis/paste/console-message.js';
import { settingFor } from '../../../lib/diagnosis/servers/setting.js';
import { checkArguments, PAGE, URL_ASKED } from './check-arguments.js';

/** What stands in the messages where a browser fills in something. */
const VALUES: Readonly<Record<string, string>> = {
  url: URL_ASKED,
  origin: PAGE,
  pageOrigin: PAGE,
  kind: 'fetch',
  redirected: '',
  method: 'PUT',
  header: 'x-tenant',
  member: 'GET PUT',
  status: '405',
};

/** The value that the header has where each of these fails. */
const SENT: Readonly<Record<string, string>> = {
  ACAO_MULTIPLE: 'https://a.example, https://b.example',
  ACAO_INVALID: 'app.example.com',
  ACAO_MISMATCH: 'https://other.example.com',
  ACAM_PARSE: 'GET PUT',
  ACAH_PARSE: 'x y',
};

/** No header of a response decides these. */
const NOT_OF_A_SERVER = /^(?:MODE|SCHEME|MIXED_CONTENT|LNA|CORP|ORB|REDIRECT_.*|CORS_DISABLED)$/;

const rows = BROWSER_NAMES.flatMap((browser) =>
  browserMessages[browser].flatMap(({ checks, text }) =>
    checks
      .filter((check) => !NOT_OF_A_SERVER.test(check))
      .map((check) => {
        const value = SENT[check] ?? '';
        const line = text.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
          name === 'value' ? value : (VALUES[name] ?? ''),
        );
        return { browser, check, line };
      }),
  ),
);

async function exchangesOf(line: string) {
  const paste = readConsole(line);
  if (paste?.identified === undefined) throw new Error(`Expected a message, got ${line}`);
  const { headers, credentials = false, forcePreflight = false } = paste;
  const request = checkArguments({
    method: likelyMethod(paste),
    headers,
    credentials,
    forcePreflight,
    browser: paste.browser ?? 'chromium',
  });
  return messageExchanges(request, paste.identified, paste);
}

describe('messageExchanges ends in the very check of the message', () => {
  it('in every message that a server causes', () => {
    expect(rows.length).toBeGreaterThan(30);
  });

  it.each(rows)('$browser, $check: $line', async ({ browser, check, line }) => {
    const exchanges = await exchangesOf(line);
    const one = exchanges.find((exchange) => exchange.check === check);
    // Safari looks at the status before it looks where a redirect leads.
    const isOther = check === 'PREFLIGHT_REDIRECT' && browser === 'safari';
    const known = check === 'AUTHORIZATION_WILDCARD' || isOther ? null : check;
    expect(one?.simulation?.failedCheck ?? null).toBe(known);
  });

  it('a header that only `*` covers', async () => {
    const [, wildcard] = await exchangesOf(
      `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: Request header field authorization is not allowed by Access-Control-Allow-Headers in preflight response.`,
    );
    expect(wildcard?.simulation?.failedCheck).toBe('AUTHORIZATION_WILDCARD');
  });
});

describe('messageExchanges', () => {
  const frame = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: `;

  it('has the values that the message has', async () => {
    const [one] = await exchangesOf(
      `${frame}The 'Access-Control-Allow-Origin' header has a value 'https://other.example.com' that is not equal to the supplied origin.`,
    );
    expect(one?.isValueKnown).toBe(true);
    expect(one?.simulation?.details.value).toBe('https://other.example.com');
  });

  it('says where the message leaves it open', async () => {
    const [one] = await exchangesOf(
      `${frame}Method PUT is not allowed by Access-Control-Allow-Methods in preflight response.`,
    );
    expect(one?.isValueKnown).toBe(false);
    expect(one?.simulation?.blockedAt).toBe('preflight');
  });

  it('fails where the message says, behind a preflight that passed', async () => {
    const one = await exchangesOf(
      `${frame}No 'Access-Control-Allow-Origin' header is present on the requested resource.\nPUT ${URL_ASKED} net::ERR_FAILED 500`,
    );
    expect(one[0]?.simulation?.steps.map(({ kind, response }) => [kind, response?.status])).toEqual(
      [
        ['preflight', 204],
        ['request', 500],
      ],
    );
    expect(one[0]?.simulation?.blockedAt).toBe('response');
  });

  it('names no origin that a change would keep, where the message names none', async () => {
    const checks = ['ACAO_MISMATCH'] as const;
    const [one] = await messageExchanges(
      checkArguments(),
      { browser: 'firefox', checks, at: ['response'], values: {} },
      {},
    );
    expect(one).toMatchObject({ isValueKnown: false, simulation: { details: { value: 'null' } } });
    expect(
      one?.simulation == null ? null : settingFor(checkArguments(), one.simulation)?.origins,
    ).toEqual([PAGE]);
  });

  it('makes up no exchange for what no answer of a server causes', async () => {
    const [one] = await exchangesOf(
      `${frame}Cross origin requests are only supported for protocol schemes: chrome, http, https.`,
    );
    expect(one).toEqual({ check: 'SCHEME', simulation: null, isValueKnown: false });
  });
});
