import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HeaderLines } from '../../../../lib/browser/index.js';
import { blankPaste } from '../../../../lib/diagnosis/paste/blank-paste.js';
import { isHar, readHar } from '../../../../lib/diagnosis/paste/har.js';
import { readPaste } from '../../../../lib/diagnosis/paste/read-paste.js';
import { withoutSecrets } from '../../../../lib/text/secrets.js';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';
const URL_ASKED = 'https://api.example.com/orders';

describe('blankPaste takes the secret out of', () => {
  it.each([
    [
      'a header of curl, and leaves the options after it',
      `curl '${URL_ASKED}' -H 'Authorization: Bearer s3cr3t' -H 'Origin: https://a.example' -X PUT`,
      `curl '${URL_ASKED}' -H 'Authorization: (not shown)' -H 'Origin: https://a.example' -X PUT`,
    ],
    [
      'a header of curl for cmd',
      `curl ^"${URL_ASKED}^" ^\r\n  -H ^"x-api-key: s3cr3t^" ^\r\n  -H ^"accept: */*^"`,
      `curl ^"${URL_ASKED}^" ^\r\n  -H ^"x-api-key: (not shown)^" ^\r\n  -H ^"accept: */*^"`,
    ],
    [
      'cookies, users and bodies of curl',
      `curl -b 'sid=s3cr3t; a=b' -u me:s3cr3t --data-raw $'{"password":"it\\'s s3cr3t"}' ${URL_ASKED}`,
      `curl -b '(not shown)' -u not-shown --data-raw $'(not shown)' ${URL_ASKED}`,
    ],
    [
      'words of curl without quotes',
      `curl -H Authorization:s3cr3t -d pin=s3cr3t --data-raw a=s3cr3t -H accept:a ${URL_ASKED}`,
      `curl -H Authorization:not-shown -d not-shown --data-raw not-shown -H accept:a ${URL_ASKED}`,
    ],
    [
      'a line of headers, with the name of a cookie kept',
      'Set-Cookie: laravel_session=s3cr3t; Path=/; SameSite=None\nCookie: a=s3cr3t\nVary: Origin',
      'Set-Cookie: laravel_session=(not shown); Path=/; SameSite=None\nCookie: (not shown)\nVary: Origin',
    ],
    [
      'a value on a line of its own',
      'authorization\nBearer s3cr3t\norigin\nhttps://a.example',
      'authorization\n(not shown)\norigin\nhttps://a.example',
    ],
    [
      'what curl -v printed',
      '> GET / HTTP/1.1\n> Authorization: Basic bWU6czNjcjN0\n< HTTP/1.1 200 OK',
      '> GET / HTTP/1.1\n> Authorization: (not shown)\n< HTTP/1.1 200 OK',
    ],
    [
      'Copy as fetch',
      `fetch("${URL_ASKED}", {"headers":{"authorization":"Bearer s3cr3t","accept":"*/*"},"body":"{\\"pin\\":\\"s3cr3t\\"}","method":"POST"});`,
      `fetch("${URL_ASKED}", {"headers":{"authorization":"(not shown)","accept":"*/*"},"body":"(not shown)","method":"POST"});`,
    ],
    [
      'code',
      "axios.get(url, { headers: { 'X-Auth-Token': 's3cr3t', Accept: 'a' } }); xhr.setRequestHeader('Authorization', \"s3cr3t\")",
      "axios.get(url, { headers: { 'X-Auth-Token': '(not shown)', Accept: 'a' } }); xhr.setRequestHeader('Authorization', \"(not shown)\")",
    ],
    [
      'the body of a call in code',
      `$.ajax({ url: '${URL_ASKED}', type: 'POST', data: { pin: 's3cr3t' }, dataType: 'json' })`,
      `$.ajax({ url: '${URL_ASKED}', type: 'POST', data: { pin: '(not shown)' }, dataType: 'json' })`,
    ],
    [
      'the body of a client',
      `axios.put('${URL_ASKED}', { pin: 's3cr3t', b: 1 }, { headers: { Accept: 'a' } })`,
      `axios.put('${URL_ASKED}', { pin: '(not shown)', b: 1 }, { headers: { Accept: 'a' } })`,
    ],
    [
      'what is turned into JSON, and what is sent',
      `fetch('${URL_ASKED}', { method: 'POST', body: JSON.stringify({ pin: 's3cr3t' }) }); xhr.send('s3cr3t')`,
      `fetch('${URL_ASKED}', { method: 'POST', body: JSON.stringify({ pin: '(not shown)' }) }); xhr.send('(not shown)')`,
    ],
    [
      'the fragment of a URL',
      `Access to fetch at '${URL_ASKED}#access_token=s3cr3t&state=a' is blocked by CORS`,
      `Access to fetch at '${URL_ASKED}#access_token=not-shown&state=a' is blocked by CORS`,
    ],
    [
      'PowerShell',
      '$session.Cookies.Add((New-Object System.Net.Cookie("sid", "s3cr3t", "/", "a.example")))\n-Headers @{ "authorization"="Bearer s3cr3t" } -Body "s3cr3t"',
      '$session.Cookies.Add((New-Object System.Net.Cookie("sid", "(not shown)", "/", "a.example")))\n-Headers @{ "authorization"="(not shown)" } -Body "(not shown)"',
    ],
    [
      'a HAR file',
      '{"log":{"entries":[{"request":{"headers":[{"name":"Cookie","value":"sid=s3cr3t"},{"name":"Accept","value":"a"}]}}]}}',
      '{"log":{"entries":[{"request":{"headers":[{"name":"Cookie","value":"(not shown)"},{"name":"Accept","value":"a"}]}}]}}',
    ],
    [
      'a message, where a URL has it, or a token stands alone',
      `Access to fetch at 'https://me:s3cr3t@api.example.com/a?access_token=s3cr3t&b=1' ${JWT}`,
      `Access to fetch at 'https://not-shown@api.example.com/a?access_token=not-shown&b=1' (not shown)`,
    ],
    [
      'nothing that has none',
      'Access-Control-Allow-Credentials: true\nAccess-Control-Expose-Headers: X-Auth-Token',
      'Access-Control-Allow-Credentials: true\nAccess-Control-Expose-Headers: X-Auth-Token',
    ],
  ])('%s', (_, text, blanked) => {
    expect(blankPaste(text)).toBe(blanked);
    expect(blankPaste(blanked)).toBe(blanked);
    // The readers look at none of it.
    expect(read(blanked)).toEqual(read(text));
  });
});

it('leaves every paste that has no secret as it is', () => {
  const cases: readonly { readonly paste: string }[] = JSON.parse(
    readFileSync(join('test/cases/pasted-messages.json'), 'utf8'),
  );
  const changed = cases.map(({ paste }) => paste).filter((paste) => blankPaste(paste) !== paste);
  expect(cases.length).toBeGreaterThan(50);
  expect(changed).toEqual([]);
});

/** What is read of a paste, without the secrets that the readers keep for the request. */
function read(text: string): unknown {
  const paste = isHar(text) ? readHar(text, undefined) : readPaste(text);
  if (paste === null) return null;
  return {
    ...JSON.parse(blankPaste(JSON.stringify(paste))),
    headers: withoutSecrets(paste.headers),
    responses: paste.responses?.map((one) => ({ ...one, headers: shown(one.headers) })),
  };
}

function shown(headers: HeaderLines): HeaderLines {
  return withoutSecrets(headers);
}
