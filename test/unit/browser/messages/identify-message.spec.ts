import { browserMessages, checkGuide, identifyMessage } from '../../../../lib/browser/index.js';
import { templateParts } from '../../../../lib/browser/messages/message-template.js';
import { BROWSER_NAMES } from '../../../../lib/browser/simulation.js';

const messages = BROWSER_NAMES.flatMap((browser) =>
  browserMessages[browser].map((message) => ({ ...message, browser })),
);

/** A message with every value filled in, by its own name in capitals. */
function filled(text: string): string {
  return templateParts(text)
    .map((part) => ('text' in part ? part.text : part.name.toUpperCase()))
    .join('');
}

describe('identifyMessage', () => {
  it.each(messages)('$browser: $text', ({ browser, checks, at, text }) => {
    const names = templateParts(text).flatMap((part) => ('name' in part ? [part.name] : []));
    expect(identifyMessage(filled(text))).toEqual({
      browser,
      checks,
      at,
      values: Object.fromEntries(names.map((name) => [name, name.toUpperCase()])),
    });
  });

  it.each(messages)('$browser, the reason alone: $reason', ({ browser, checks, at, reason }) => {
    const identified = identifyMessage(`[Error] ${filled(reason)}`);
    expect([identified?.browser, identified?.checks, identified?.at]).toEqual([
      browser,
      checks,
      at,
    ]);
  });

  it('reads messages of older versions and of XMLHttpRequest', () => {
    expect(
      identifyMessage(
        "main.js:7 Access to XMLHttpRequest at 'https://api.example.com/x?a=1' (redirected from 'http://api.example.com/x') from origin 'https://app.example.com' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value 'https://b.test' that is not equal to the supplied origin. Have the server send the header with a valid value, or, if an opaque response serves your needs, set the request's mode to 'no-cors' to fetch the resource with CORS disabled.",
      ),
    ).toEqual({
      browser: 'chromium',
      checks: ['ACAO_MISMATCH'],
      at: ['response', 'redirect'],
      values: {
        kind: 'XMLHttpRequest',
        url: 'https://api.example.com/x?a=1',
        redirected: "(redirected from 'http://api.example.com/x') ",
        pageOrigin: 'https://app.example.com',
        value: 'https://b.test',
      },
    });
    expect(
      identifyMessage(
        'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: CORS header "Access-Control-Allow-Origin" missing).'.replaceAll(
          '"',
          "'",
        ),
      ),
    ).toEqual({
      browser: 'firefox',
      checks: ['ACAO_MISSING'],
      at: ['preflight', 'response', 'redirect'],
      values: { url: 'https://api.example.com/x' },
    });
    expect(
      identifyMessage(
        '[Error] Origin https://a.test is not allowed by Access-Control-Allow-Origin.',
      ),
    ).toEqual({
      browser: 'safari',
      checks: ['ACAO_MISSING', 'ACAO_MISMATCH', 'ACAO_INVALID', 'ACAO_MULTIPLE'],
      at: ['preflight', 'response'],
      values: { origin: 'https://a.test' },
    });
  });

  it('reads the summary of the issues panel', () => {
    const identified = identifyMessage(
      'Access blocked by CORS policy: Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.',
    );
    expect(identified?.checks).toEqual(['HEADER', 'AUTHORIZATION_WILDCARD']);
    expect(identified?.values).toEqual({ header: 'x-a' });
  });

  it.each(['', 'TypeError: Failed to fetch', 'CORS', '{url}', 'Access-Control-Allow-Origin'])(
    'does not recognise %j',
    (line) => {
      expect(identifyMessage(line)).toBeNull();
    },
  );
});

describe('checkGuide', () => {
  it('explains every check; three have no message in any console', () => {
    const checks = new Set<string>(messages.flatMap((message) => message.checks));
    expect(Object.keys(checkGuide).filter((check) => !checks.has(check))).toEqual([
      'REDIRECT_LOCATION',
      'INVALID_REQUEST',
      'BAD_PORT',
    ]);
  });
});
