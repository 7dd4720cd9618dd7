import { readPaste } from '../../../../lib/diagnosis/paste/read-paste.js';

const URL_ASKED = 'https://api.example.com/orders';
const JSON_TYPE = ['Content-Type', 'application/json'];
const asked = { form: 'code', url: URL_ASKED };

describe('a call in code is read as a request', () => {
  it.each<[string, string, object]>([
    [
      'axios with an object, which it sends as JSON',
      `axios.post('${URL_ASKED}', data, {\n  headers: { 'Access-Control-Allow-Origin': '*', Authorization: \`Bearer \${token}\` },\n  withCredentials: true\n})`,
      {
        ...asked,
        method: 'POST',
        credentials: true,
        headers: [['Access-Control-Allow-Origin', '*'], ['Authorization', '"1"'], JSON_TYPE],
      },
    ],
    [
      'axios with a form',
      `axios.post("${URL_ASKED}", new FormData(form))`,
      { ...asked, method: 'POST', headers: [] },
    ],
    [
      'axios without a body',
      `await axios.post('${URL_ASKED}', null, { params })`,
      { ...asked, method: 'POST', headers: [] },
    ],
    [
      'axios by its options',
      `axios({ method: 'put', url: '${URL_ASKED}', data: order })`,
      { ...asked, method: 'PUT', headers: [JSON_TYPE] },
    ],
    [
      'what axios logs of one, in two parts',
      `config: {transitional: {…}, baseURL: "https://api.example.com/", url: "/orders", method: "delete", headers: AxiosHeaders {Accept: 'application/json', 'X-A': 'b'}}`,
      { ...asked, method: 'DELETE', headers: [['X-A', 'b']] },
    ],
    [
      'HttpClient of Angular',
      `return this.http.put<Order[]>('${URL_ASKED}', order, { withCredentials: false });`,
      { ...asked, method: 'PUT', credentials: false, headers: [JSON_TYPE] },
    ],
    [
      'jQuery, which sends forms',
      `$.ajax({\n  url: "${URL_ASKED}",\n  type: "POST",\n  data: { a: 1 },\n  xhrFields: { withCredentials: true }\n});`,
      { ...asked, method: 'POST', credentials: true, headers: [] },
    ],
    [
      'jQuery with JSON',
      `jQuery.ajax({ url: '${URL_ASKED}', method: 'POST', contentType: 'application/json', data: JSON.stringify(a) })`,
      { ...asked, method: 'POST', headers: [JSON_TYPE] },
    ],
    ['getJSON', `$.getJSON('${URL_ASKED}', show)`, { ...asked, method: 'GET', headers: [] }],
    [
      'XMLHttpRequest',
      `xhr.open('DELETE', '${URL_ASKED}', true);\nxhr.withCredentials = true;\nxhr.setRequestHeader('X-Token', token);`,
      { ...asked, method: 'DELETE', credentials: true, headers: [['X-Token', '"1"']] },
    ],
    [
      'fetch with names that no list has',
      `fetch('${URL_ASKED}', { method: 'POST', headers: { 'X-Api-Key': key, "Content-Type": "application/json" } })`,
      { form: 'fetch', url: URL_ASKED, method: 'POST', headers: [['X-Api-Key', '"1"'], JSON_TYPE] },
    ],
  ])('%s', (_, text, expected) => {
    expect(readPaste(text)).toEqual(expected);
  });

  it.each([
    `axios.post('/orders', data)`,
    `axios.get(\`\${API}/orders\`)`,
    `app.get('/orders', cors(), handler)`,
    `res.setHeader('X-A', '*')`,
    `add_header 'Access-Control-Allow-Origin' '*';`,
    `app.use(cors({ origin: 'https://app.example.com' }));`,
  ])('and nothing in %s', (text) => {
    expect(readPaste(text)).toBeNull();
  });

  it('tells what the message of a browser leaves out', () => {
    const message = (url: string) =>
      `Access to XMLHttpRequest at '${url}' from origin 'https://app.example.com' has been blocked by CORS policy: Response to preflight request doesn't pass access control check: It does not have HTTP ok status.\n`;
    const code = `axios.put('${URL_ASKED}', order, { withCredentials: true })`;
    expect(readPaste(message(URL_ASKED) + code)).toMatchObject({
      identified: { checks: ['PREFLIGHT_STATUS'] },
      method: 'PUT',
      headers: [JSON_TYPE],
      credentials: true,
    });
    expect(readPaste(message(`${URL_ASKED}/2`) + code)).not.toHaveProperty('method');
  });

  it('says first what a console says before it', () => {
    const code = `fetch("${URL_ASKED}", { "method": "POST" })`;
    expect(readPaste(`POST ${URL_ASKED} net::ERR_CONNECTION_REFUSED\n${code}`)).toMatchObject({
      form: 'fetch',
      lookalike: { id: 'UNREACHABLE' },
    });
    expect(readPaste(`TypeError: Failed to fetch\n${code}`)).toMatchObject({
      lookalike: { id: 'PAGE_ERROR' },
      checkFor: 'cause',
    });
    expect(readPaste(code)).not.toHaveProperty('lookalike');
  });

  it("knows what `mode: 'no-cors'` means", () => {
    expect(readPaste(`fetch('${URL_ASKED}', { mode: 'no-cors' })`)).toMatchObject({
      lookalike: { id: 'OPAQUE' },
      checkFor: 'remedy',
    });
  });
});

describe('Copy as PowerShell is read as a request', () => {
  it('with its escapes, and which headers the page set', () => {
    const text = `Invoke-WebRequest -UseBasicParsing -Uri "${URL_ASKED}?a=\`$b" \`\n-Method "PUT" \`\n-Headers @{\n"accept"="*/*"\n  "x-a"="b"\n  "origin"="https://app.example.com"\n} \`\n-ContentType "application/json" \`\n-Body "{}"`;
    expect(readPaste(text)).toEqual({
      form: 'powershell',
      url: `${URL_ASKED}?a=$b`,
      origin: 'https://app.example.com',
      method: 'PUT',
      headers: [['x-a', 'b'], JSON_TYPE],
    });
    expect(readPaste(`Invoke-RestMethod -Uri ${URL_ASKED} -Method Delete`)).toMatchObject({
      url: URL_ASKED,
      method: 'Delete',
    });
  });
});

describe('an element is read as a request', () => {
  const element = { form: 'code', url: URL_ASKED, method: 'GET', headers: [], credentials: false };
  it.each<[string, object | null]>([
    [`<img src="${URL_ASKED}" crossorigin="anonymous">`, { ...element, element: 'image' }],
    [
      `<script type="module" crossorigin=use-credentials src='${URL_ASKED}'></script>`,
      { ...element, element: 'script', credentials: true },
    ],
    [`<script type="module" src="${URL_ASKED}"></script>`, { ...element, element: 'script' }],
    [`<link rel="preload" as="font" href="${URL_ASKED}">`, { ...element, element: 'font' }],
    [`<img src="${URL_ASKED}">`, null],
    [`<script src="/a.js" crossorigin></script>`, null],
  ])('%s', (text, expected) => {
    expect(readPaste(text)).toEqual(expected);
  });

  it('that has `integrity` and no `crossorigin`', () => {
    expect(readPaste(`<script src="${URL_ASKED}" integrity="sha384-a"></script>`)).toMatchObject({
      lookalike: { id: 'INTEGRITY' },
      checkFor: 'remedy',
      element: 'script',
    });
  });
});
