import { MAX_FILE, readJob, SHOWN } from '../../../lib/inspector/page/reading/reading.js';

const URL_ASKED = 'https://api.example.com/orders';
const CURL = `curl '${URL_ASKED}' -H 'Authorization: Bearer s3cr3t'`;

function har(url = URL_ASKED): string {
  const request = {
    method: 'GET',
    url,
    headers: [
      { name: 'Origin', value: 'https://app.example.com' },
      { name: 'Cookie', value: 'sid=s3cr3t' },
    ],
  };
  const response = { status: 200, headers: [{ name: 'Vary', value: 'Origin' }] };
  return JSON.stringify({ log: { entries: [{ request, response }] } });
}

describe('readJob', () => {
  it('reads a text, and shows it without secrets', async () => {
    const reading = await readJob({ source: CURL });
    expect(reading).toMatchObject({
      text: `curl '${URL_ASKED}' -H 'Authorization: (not shown)'`,
      urls: [],
      note: null,
    });
    expect(reading.paste?.url).toBe(URL_ASKED);
  });

  it('shows no secret of a text that it cannot read, nor one in the URL of a HAR file', async () => {
    const { text, paste } = await readJob({ source: 'what is wrong?\ntoken = s3cr3t' });
    expect([text, paste]).toEqual(['what is wrong?\ntoken = (not shown)', null]);
    const shown = await readJob({ source: har(`${URL_ASKED}?token=s3cr3t`) });
    expect(shown.text).toMatch(`Request URL: ${URL_ASKED}?token=not-shown\n`);
  });

  it('reads a file as it reads a text', async () => {
    expect(await readJob({ source: new Blob([CURL]) })).toEqual(await readJob({ source: CURL }));
  });

  it('shows what was read of a HAR file', async () => {
    const { text, paste, urls } = await readJob({ source: har() });
    expect(text).toBe(
      [
        `Request URL: ${URL_ASKED}`,
        'Request Method: GET',
        'Status Code: 200',
        'Response Headers',
        'Vary: Origin',
        'Request Headers',
        'Origin: https://app.example.com',
        'Cookie: (not shown)',
      ].join('\n'),
    );
    expect(paste).toMatchObject({ form: 'headers', url: URL_ASKED, credentials: true });
    expect(urls).toEqual([URL_ASKED]);
  });

  it('takes the request of a HAR file that was chosen', async () => {
    expect((await readJob({ source: har(), part: URL_ASKED })).paste?.url).toBe(URL_ASKED);
  });

  it('shows the beginning of what is long, and reads more of it', async () => {
    const message = `Access to fetch at '${URL_ASKED}' from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;
    const { text, paste, note } = await readJob({ source: `${'log\n'.repeat(SHOWN)}${message}` });
    expect(text).toHaveLength(SHOWN);
    expect(paste?.url).toBe(URL_ASKED);
    expect(note).toBe('The box shows the first 16000 characters of the paste.');
    const longer = await readJob({ source: `${message}\n${'x'.repeat(1_200_000)}` });
    expect(longer.note).toMatch(
      /^The box shows .* The paste is 1\.2 MB long: only its first 1 MB was read\.$/,
    );
  });

  it.each([
    ['nothing', '', null],
    ['spaces', ' \n', null],
    [
      'no paste',
      'hello',
      "Expected a line of a browser's console, a curl line, code of a page, response headers or a HAR file. Paste the whole line of the console that names CORS, or right-click the request in the network panel and choose `Copy as cURL`.",
    ],
    [
      'half a HAR file',
      '{"log":{"entries":[',
      'Expected a HAR file to be whole JSON, and it is not: it may be cut off. Save it again with `Save all as HAR` in the network panel.',
    ],
    [
      'a HAR file of nothing',
      '{"log":{"entries":[]}}',
      'Expected a HAR file with a request that failed or went to another origin, and found none.',
    ],
  ])('says what is wrong with %s', async (_, source, note) => {
    expect(await readJob({ source })).toMatchObject({ paste: null, note });
  });

  it('refuses a file that is too large, without reading it', async () => {
    const file = new Blob([CURL]);
    Object.defineProperty(file, 'size', { value: MAX_FILE + 1 });
    Object.defineProperty(file, 'text', { value: () => Promise.reject(new Error('It was read')) });
    expect(await readJob({ source: file })).toEqual({
      text: '',
      paste: null,
      urls: [],
      note: 'Expected a file of at most 100 MB, got one of 101 MB. Copy the request alone: right-click it in the network panel and choose `Copy as cURL`.',
    });
  });
});
