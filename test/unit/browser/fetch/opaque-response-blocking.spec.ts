import { network, response, visit } from '../network.js';

type Headers = Readonly<Record<string, string>>;
type Browser = 'chromium' | 'firefox' | 'safari';
type Options = Partial<Parameters<typeof visit>[0]>;

const NOSNIFF = { 'x-content-type-options': 'nosniff' };

async function failedCheck(
  headers: Headers,
  browser: Browser,
  status = 200,
  options: Options = {},
) {
  const { send } = network(response(status, headers));
  const visited = { mode: 'no-cors', destination: 'image', browser, ...options, send } as const;
  return (await visit(visited)).failedCheck;
}

/** Which of Chromium and Firefox block a response to an `<img>`. */
async function blockedIn(headers: Headers, status = 200): Promise<string> {
  const [chromium, firefox] = await Promise.all(
    (['chromium', 'firefox'] as const).map((browser) => failedCheck(headers, browser, status)),
  );
  return [chromium === 'ORB' ? 'Chromium' : '', firefox === 'ORB' ? 'Firefox' : '']
    .filter((name) => name !== '')
    .join(', ');
}

const BOTH = 'Chromium, Firefox';

describe('Opaque Response Blocking', () => {
  it.each([
    ['text/html', BOTH],
    ['TEXT/HTML; charset=utf-8', BOTH],
    ['application/json', BOTH],
    ['text/json', BOTH],
    ['application/vnd.api+json', BOTH],
    ['application/problem+json', BOTH],
    ['application/xml', BOTH],
    ['application/rss+xml', BOTH],
    ['application/pdf', BOTH],
    ['text/csv', BOTH],
    ['text/event-stream', BOTH],
    ['application/zip', BOTH],
    ['multipart/byteranges; boundary=x', BOTH],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', BOTH],
    ['text/plain', ''],
    ['image/png', ''],
    ['image/svg+xml', ''],
    ['application/dash+xml', ''],
    ['application/vnd.apple.mpegurl', ''],
    ['text/vtt', ''],
    ['text/css', ''],
    ['text/javascript', ''],
    ['application/x-javascript', ''],
    ['video/mp4', ''],
    ['application/octet-stream', ''],
    ['application/wasm', ''],
    ['nonsense', ''],
    ['', ''],
  ])('%s → %s', async (type, browsers) => {
    expect(await blockedIn({ 'content-type': type })).toBe(browsers);
  });

  it('blocks text/plain with nosniff in Chromium only, and never script or style', async () => {
    expect(await blockedIn({ 'content-type': 'text/plain', ...NOSNIFF })).toBe('Chromium');
    expect(await blockedIn({ 'content-type': 'text/javascript', ...NOSNIFF })).toBe('');
    expect(await blockedIn({ 'content-type': 'text/css', ...NOSNIFF })).toBe('');
  });

  it('lets pass what is empty, unless its type alone decides', async () => {
    const json = { 'content-type': 'application/json' };
    expect(await blockedIn(json, 204)).toBe('');
    expect(await blockedIn({ ...json, 'content-length': '0' })).toBe('');
    expect(await blockedIn({ ...json, ...NOSNIFF }, 204)).toBe(BOTH);
    expect(await blockedIn({ 'content-type': 'application/pdf' }, 204)).toBe(BOTH);
  });

  it.each([
    ['image/png', 'bytes 5-9/100', BOTH],
    ['image/png', 'bytes 0-9/100', ''],
    ['image/png', 'bytes */100', ''],
    ['video/mp4', 'bytes 5-9/100', ''],
    ['text/html', 'bytes 0-9/*', BOTH],
  ])('a part of %s, %s → %s', async (type, range, browsers) => {
    expect(await blockedIn({ 'content-type': type, 'content-range': range }, 206)).toBe(browsers);
  });

  it('is not there in Safari, for fetch(), with CORS, or within the origin', async () => {
    const json = { 'content-type': 'application/json', 'access-control-allow-origin': '*' };
    expect(
      await Promise.all([
        failedCheck(json, 'chromium'),
        failedCheck(json, 'safari'),
        failedCheck(json, 'chromium', 200, { destination: '' }),
        failedCheck(json, 'chromium', 200, { mode: 'cors' }),
        failedCheck(json, 'chromium', 200, { url: '/x' }),
      ]),
    ).toEqual(['ORB', null, null, null, null]);
  });

  it('looks at what a redirect leads to, not at the redirect', async () => {
    const json = { 'content-type': 'application/json' };
    const { send } = network(
      response(302, { ...json, location: '/y' }),
      response(200, { 'content-type': 'image/png' }),
    );
    const { verdict } = await visit({ mode: 'no-cors', destination: 'image', send });
    expect(verdict).toBe('not-cors');
  });

  it.each([
    [
      { 'content-type': 'application/pdf' },
      200,
      'mimeType is an opaque-blocklisted-never-sniffed MIME type',
    ],
    [
      { 'content-type': 'text/html' },
      206,
      "response's status is 206 and mimeType is an opaque-blocklisted MIME type",
    ],
    [
      { 'content-type': 'text/html', ...NOSNIFF },
      200,
      "nosniff is true and mimeType is an opaque-blocklisted MIME type or its essence is 'text/plain'",
    ],
    [{ 'content-type': 'text/html' }, 404, 'Javascript validation failed'],
  ])('%j with status %d, in the words of Firefox: %s', async (headers, status, reason) => {
    const { send } = network(response(status, headers));
    const { details } = await visit({
      mode: 'no-cors',
      destination: 'script',
      browser: 'firefox',
      send,
    });
    expect(details).toEqual({ value: headers['content-type'], status, reason });
  });
});
