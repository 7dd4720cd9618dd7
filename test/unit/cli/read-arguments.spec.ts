import { type CheckOptions, readArguments } from '../../../lib/cli/read-arguments.js';
import { UsageError } from '../../../lib/cli/usage-error.js';
import { readPaste } from '../../../lib/diagnosis/paste/read-paste.js';
import { checkArguments, PAGE, URL_ASKED } from '../diagnosis/check-arguments.js';

const defaults: CheckOptions = { header: [], for: 'nestjs-cors', timeout: '10' };

function read(options: Partial<CheckOptions> = {}, url: string | undefined = URL_ASKED) {
  return readArguments(url, { ...defaults, origin: PAGE, ...options }, null);
}

describe('readArguments', () => {
  it('takes the arguments given, and defaults for the others', () => {
    expect(read()).toEqual(checkArguments({ timeout: 10_000 }));
    expect(
      read({
        method: 'put',
        header: ['X-A: 1', 'content-type:application/json', 'x-b: a:b', 'x-empty:'],
        credentials: true,
        preflight: true,
        browser: 'safari',
        for: 'nginx',
        timeout: '0.5',
        insecure: true,
      }),
    ).toEqual(
      checkArguments({
        method: 'put',
        headers: [
          ['X-A', '1'],
          ['content-type', 'application/json'],
          ['x-b', 'a:b'],
          ['x-empty', ''],
        ],
        credentials: true,
        forcePreflight: true,
        browser: 'safari',
        server: 'nginx',
        timeout: 500,
        insecure: true,
      }),
    );
  });

  it('is null without a URL and an origin', () => {
    expect(readArguments(undefined, { ...defaults, origin: PAGE }, null)).toBeNull();
    expect(readArguments(URL_ASKED, defaults, null)).toBeNull();
  });

  it.each<[Partial<CheckOptions>, string | undefined, string]>([
    [
      {},
      'api.example.com/x',
      'Expected <url> to begin with http:// or https://, got `api.example.com/x`. Write it as the page requests it, such as `https://api.example.com/orders`.',
    ],
    [
      {},
      'http://\u001b[31m',
      'Expected <url> to begin with http:// or https://, got `http://\\u001B[31m`. Write it as the page requests it, such as `https://api.example.com/orders`.',
    ],
    [
      { origin: 'https://App.example.com:443/x' },
      URL_ASKED,
      'Expected `--origin` to be an origin as browsers send it, got `https://App.example.com:443/x`. Write `https://app.example.com`: no path, no trailing slash, no default port, lower case.',
    ],
    [
      { origin: 'app.example.com' },
      URL_ASKED,
      'Expected `--origin` to be an origin as browsers send it, got `app.example.com`. Write the scheme and host of the page, such as `https://app.example.com`.',
    ],
    [
      { origin: 'localhost:3000' },
      URL_ASKED,
      'Expected `--origin` to be an origin as browsers send it, got `localhost:3000`. Write the scheme and host of the page, such as `https://app.example.com`.',
    ],
    [
      { header: ['x-a'] },
      URL_ASKED,
      "Expected `--header` to be `name: value`, got `x-a`. Write for example `--header 'content-type: application/json'`.",
    ],
    [
      { header: [': 1'] },
      URL_ASKED,
      "Expected `--header` to be `name: value`, got `: 1`. Write for example `--header 'content-type: application/json'`.",
    ],
    [
      { timeout: '0' },
      URL_ASKED,
      'Expected `--timeout` to be a number of seconds up to 600, got `0`. Write for example `--timeout 5`.',
    ],
    [
      { timeout: '601' },
      URL_ASKED,
      'Expected `--timeout` to be a number of seconds up to 600, got `601`. Write for example `--timeout 5`.',
    ],
    [
      { timeout: 'soon' },
      URL_ASKED,
      'Expected `--timeout` to be a number of seconds up to 600, got `soon`. Write for example `--timeout 5`.',
    ],
  ])('refuses %j for %s', (options, url, words) => {
    expect(() => read(options, url)).toThrow(new UsageError(words));
  });
});

describe('readArguments with a pasted message', () => {
  const pasted = (line: string, options: Partial<CheckOptions> = {}, url?: string) =>
    readArguments(url, { ...defaults, ...options }, readPaste(line));
  const frame = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: `;
  const preflight = "Response to preflight request doesn't pass access control check: ";

  it.each([
    [
      'Method PATCH is not allowed by Access-Control-Allow-Methods in preflight response.',
      checkArguments({ method: 'PATCH', pasted: ['METHOD'] }),
    ],
    [
      'Request header field x-a is not allowed by Access-Control-Allow-Headers in preflight response.',
      checkArguments({
        headers: [['x-a', '"1"']],
        pasted: ['HEADER', 'AUTHORIZATION_WILDCARD'],
        methodKnown: false,
      }),
    ],
    [
      'Request header field content-type is not allowed by Access-Control-Allow-Headers in preflight response.',
      checkArguments({
        headers: [['content-type', 'application/json']],
        pasted: ['HEADER', 'AUTHORIZATION_WILDCARD'],
        methodKnown: false,
      }),
    ],
    [
      `${preflight}It does not have HTTP ok status.`,
      checkArguments({ forcePreflight: true, pasted: ['PREFLIGHT_STATUS'], methodKnown: false }),
    ],
    [
      "The value of the 'Access-Control-Allow-Credentials' header in the response is '' which must be 'true' when the request's credentials mode is 'include'.",
      checkArguments({ credentials: true, pasted: ['ACAC_NOT_TRUE'], methodKnown: false }),
    ],
    [
      "No 'Access-Control-Allow-Origin' header is present on the requested resource.",
      checkArguments({ pasted: ['ACAO_MISSING'], methodKnown: false }),
    ],
  ])('repeats the request of the page: %s', (reason, expected) => {
    expect(pasted(frame + reason)).toEqual({ ...expected, timeout: 10_000 });
  });

  it('gives the command line precedence', () => {
    const line = `${frame}${preflight}It does not have HTTP ok status.`;
    expect(
      pasted(
        line,
        { method: 'PUT', origin: 'https://b.test', browser: 'firefox' },
        'http://c.test/',
      ),
    ).toEqual(
      checkArguments({
        url: 'http://c.test/',
        origin: 'https://b.test',
        method: 'PUT',
        browser: 'firefox',
        pasted: ['PREFLIGHT_STATUS'],
        timeout: 10_000,
      }),
    );
  });

  it('requests the URL that the page requested, not the target of a redirect', () => {
    const line = `Access to fetch at 'https://b.test/y' (redirected from '${URL_ASKED}') from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    expect(pasted(line)).toEqual(
      checkArguments({ pasted: ['ACAO_MISSING'], methodKnown: false, timeout: 10_000 }),
    );
  });

  it("is null where the message does not name the page, as Firefox's do not", () => {
    const line =
      'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/orders/1. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).';
    expect(pasted(line)).toBeNull();
    expect(pasted(line, { origin: PAGE })).toEqual(
      checkArguments({
        browser: 'firefox',
        forcePreflight: true,
        pasted: ['METHOD'],
        methodKnown: false,
        timeout: 10_000,
      }),
    );
  });

  it('ignores impossible values', () => {
    const line =
      "Access to fetch at 'ftp://b.test/' from origin 'https://App.example.com' has been blocked by CORS policy: Method a b is not allowed by Access-Control-Allow-Methods in preflight response.";
    expect(readPaste(line)).toMatchObject({ headers: [] });
    expect(Object.keys(readPaste(line) ?? {})).not.toEqual(
      expect.arrayContaining(['url', 'origin', 'method']),
    );
  });
});
