const URL_ASKED = 'https://api.example.com/orders/1';
const PAGE = 'https://app.example.com';

/** A paste, and what the page says of it. */
export interface PasteRow {
  readonly kind: string;
  readonly text: string;
  readonly heading: string;
}

const har = JSON.stringify({
  log: {
    entries: [
      {
        request: {
          method: 'GET',
          url: `${URL_ASKED}?access_token=s3cr3t`,
          headers: [
            { name: 'Origin', value: PAGE },
            { name: 'Cookie', value: 'sid=s3cr3t' },
          ],
        },
        response: { status: 200, headers: [{ name: 'Access-Control-Allow-Origin', value: '*' }] },
      },
    ],
  },
});

const UNKNOWN = '? The response is not in the paste, and it is the response that decides';

/** Each kind that is read; all have a change, and a proof that it is allowed then. */
export const PASTES: readonly PasteRow[] = [
  {
    kind: 'a message of Chromium',
    text: `Access to fetch at '${URL_ASKED}' from origin '${PAGE}' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`,
    heading: '✗ Blocked on the response: ACAO_MISSING',
  },
  {
    kind: 'a message of Firefox',
    text: `Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at ${URL_ASKED}. (Reason: expected ‘true’ in CORS header ‘Access-Control-Allow-Credentials’).`,
    heading: '✗ Blocked on the response: ACAC_NOT_TRUE',
  },
  {
    kind: 'a message of Safari',
    text: `Request header field x-tenant is not allowed by Access-Control-Allow-Headers.\nFetch API cannot load ${URL_ASKED} due to access control checks.`,
    heading: '✗ Blocked on the response to the preflight: HEADER or AUTHORIZATION_WILDCARD',
  },
  {
    kind: 'a curl line',
    text: `curl '${URL_ASKED}' -X PUT -H 'Origin: ${PAGE}' -H 'Authorization: Bearer s3cr3t'`,
    heading: UNKNOWN,
  },
  {
    kind: 'what curl -i printed',
    text: `curl -i -X OPTIONS ${URL_ASKED} -H 'Origin: ${PAGE}' -H 'Access-Control-Request-Method: PUT'\nHTTP/1.1 404 Not Found\nServer: nginx/1.26.2`,
    heading: '✗ Blocked on the response to the preflight: ACAO_MISSING',
  },
  {
    kind: 'Copy as fetch',
    text: `fetch("${URL_ASKED}", {"headers":{"content-type":"application/json","authorization":"Bearer s3cr3t"},"referrer":"${PAGE}/","body":"{\\"pin\\":\\"s3cr3t\\"}","method":"POST","mode":"cors","credentials":"include"});`,
    heading: UNKNOWN,
  },
  {
    kind: 'Copy as PowerShell',
    text: `Invoke-WebRequest -UseBasicParsing -Uri "${URL_ASKED}" -Method "PUT" -Headers @{ "Origin"="${PAGE}"; "x-api-key"="s3cr3t" }`,
    heading: UNKNOWN,
  },
  {
    kind: 'a call in code',
    text: `axios.put('${URL_ASKED}', order, { withCredentials: true, headers: { Authorization: 's3cr3t' } })`,
    heading: UNKNOWN,
  },
  {
    kind: 'headers of the network panel',
    text: `Request URL: ${URL_ASKED}\nRequest Method: GET\nStatus Code: 200 OK\nResponse Headers\naccess-control-allow-origin: https://www.example.com\nset-cookie: sid=s3cr3t\nRequest Headers\norigin: ${PAGE}`,
    heading: '✗ Blocked on the response: ACAO_MISMATCH',
  },
  {
    kind: 'a HAR file',
    text: har,
    heading: '✗ Blocked on the response: ACAO_WILDCARD_CREDENTIALS',
  },
];

/** HTML, scripts and addresses of scripts. */
const EVIL = [
  '<script>window.hacked = "script"</script>',
  '"><img src=x onerror="window.hacked = 1"><svg onload=window.hacked=2>',
  '</textarea><iframe srcdoc="<script>parent.hacked=3</script>">',
  'javascript:window.hacked=4',
].join(' ');

/** The same, where a page shows what it has read. */
export const HOSTILE: readonly { readonly where: string; readonly text: string }[] = [
  { where: 'alone', text: EVIL },
  {
    where: 'in a message',
    text: `Access to fetch at '${URL_ASKED}?q=${EVIL}' from origin '${PAGE}' has been blocked by CORS policy: The 'Access-Control-Allow-Origin' header has a value '${EVIL}' that is not equal to the supplied origin.\n${EVIL}`,
  },
  {
    where: 'in headers',
    text: `Request URL: ${URL_ASKED}\nRequest Method: GET\nStatus Code: 200\nResponse Headers\naccess-control-allow-origin: ${EVIL}\nserver: ${EVIL}\nlocation: ${EVIL}\nRequest Headers\norigin: ${PAGE}`,
  },
  { where: 'in a curl line', text: `curl '${URL_ASKED}#${EVIL}' -X '${EVIL}' -H 'x-a: ${EVIL}'` },
  {
    where: 'in a HAR file',
    text: JSON.stringify({
      log: {
        entries: [
          {
            request: {
              method: EVIL,
              url: `${URL_ASKED}?${EVIL}`,
              headers: [
                { name: 'origin', value: PAGE },
                { name: EVIL, value: EVIL },
              ],
            },
            response: {
              status: 200,
              headers: [{ name: 'access-control-allow-origin', value: EVIL }],
            },
          },
        ],
      },
    }),
  },
];
