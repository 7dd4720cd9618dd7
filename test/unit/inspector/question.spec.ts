import { readPaste } from '../../../lib/diagnosis/paste/read-paste.js';
import type { Values } from '../../../lib/inspector/page/fragment.js';
import {
  headersOf,
  headersText,
  questionOf,
} from '../../../lib/inspector/page/inspect/question.js';

const URL_ASKED = 'https://api.example.com/orders/1';
const PAGE = 'https://app.example.com';
const CURL = `curl -X PUT '${URL_ASKED}#part' -H 'Origin: ${PAGE}' -H 'authorization: Bearer s3cr3t' -b 'a=b'`;

function asked(values: Values, text?: string) {
  const question = questionOf(values, text === undefined ? null : readPaste(text));
  if (question === null) throw new Error('Expected a question');
  return question;
}

describe('questionOf', () => {
  it('asks nothing where nothing is known', () => {
    expect(questionOf({ method: 'PUT' }, null)).toBeNull();
  });

  it('takes what a paste says, without secrets', () => {
    expect(asked({}, CURL)).toEqual({
      request: {
        url: URL_ASKED,
        origin: PAGE,
        method: 'PUT',
        headers: [['authorization', '(not shown)']],
        credentials: true,
        browser: 'chromium',
        forcePreflight: false,
      },
      isMine: true,
      from: {
        url: 'paste',
        origin: 'paste',
        method: 'paste',
        headers: 'paste',
        cookies: 'paste',
        browser: 'assumed',
      },
      guess: null,
      problem: null,
    });
  });

  it('takes what was set instead', () => {
    const values = {
      url: 'http://localhost:3000/a',
      origin: 'http://localhost:5173',
      method: 'POST',
      headers: 'content-type: application/json\nno header',
      cookies: '0',
      browser: 'safari',
      mine: 'no',
      for: 'nginx',
    };
    const { request, from, isMine } = asked(values, CURL);
    expect(request).toEqual({
      url: 'http://localhost:3000/a',
      origin: 'http://localhost:5173',
      method: 'POST',
      headers: [['content-type', 'application/json']],
      credentials: false,
      browser: 'safari',
      server: 'nginx',
      forcePreflight: false,
    });
    expect(new Set(Object.values(from))).toEqual(new Set(['set']));
    expect(isMine).toBe(false);
  });

  it('takes a link without a paste, as an application has it for a call', () => {
    const { request, guess } = asked({ url: URL_ASKED, origin: PAGE, method: 'DELETE' });
    expect(request).toMatchObject({ url: URL_ASKED, origin: PAGE, method: 'DELETE' });
    expect(guess).toBeNull();
  });

  it('says what it assumes', () => {
    expect(asked({ url: URL_ASKED }).guess).toBe(
      `The paste does not name the page: ${PAGE} stands for it.`,
    );
    expect(asked({}, 'HTTP/1.1 200 OK\nVary: Origin').guess).toBe(
      `The paste names neither address nor page: https://api.example.com/ and ${PAGE} stand for them.`,
    );
  });

  it.each([
    [{ url: 'api.example.com' }, /^Expected the address to begin with http:\/\/ or https:\/\//],
    [{ url: 'http://[' }, /got `http:\/\/\[`/],
    [
      { origin: `${PAGE}/` },
      /got `https:\/\/app.example.com\/`. Write `https:\/\/app.example.com`/,
    ],
    [{ origin: 'app' }, /Write the scheme and host of the page/],
    [
      { headers: 'accept: a\nx-a: b\u202Ec' },
      /^Expected the value of x-a to have characters that a header can hold, got `\\u202E`\. Write the value itself, or encode it\.$/,
    ],
    [{ method: 'P T' }, /^Expected the method to be a word such as `PUT`, got `P T`\.$/],
  ])('says what is wrong with %j', (values, sentence) => {
    expect(asked(values, CURL).problem).toMatch(sentence);
  });

  it.each([
    { browser: 'opera', for: 'iis', method: '', url: '', cookies: '0' },
    { browser: 'constructor', for: '__proto__', origin: '' },
  ])('takes no notice of %j', (values) => {
    const { request, problem } = asked(values, CURL);
    expect(problem).toBeNull();
    expect([request.browser, request.server, request.method]).toEqual([
      'chromium',
      undefined,
      'PUT',
    ]);
  });

  it('does not force the preflight of a message once the request is known', () => {
    const message = `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.`;
    expect(asked({}, message).request.forcePreflight).toBe(true);
    expect(asked({ method: 'GET' }, message).request.forcePreflight).toBe(false);
  });

  it('assumes a method that a message can be about', () => {
    const message = `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${URL_ASKED}. (Reason: Did not find method in CORS header ‘Access-Control-Allow-Methods’).`;
    expect(asked({}, message).request).toMatchObject({ method: 'PUT', methodKnown: false });
  });
});

it('headersOf and headersText are each the other way round', () => {
  const headers = [
    ['content-type', 'application/json'],
    ['x-tenant', ''],
  ] as const;
  expect(headersText(headers)).toBe('content-type: application/json\nx-tenant: ');
  expect(headersOf(headersText(headers))).toEqual(headers);
  expect(headersText([['authorization', 'Bearer s3cr3t']])).toBe('authorization: (not shown)');
});
