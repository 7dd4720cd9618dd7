/** Something that pages and consoles report like CORS, and that no CORS header changes. */
export interface Lookalike {
  readonly id: string;
  /** What it is, as one sentence. */
  readonly cause: string;
  /** What helps. */
  readonly fix: string;
}

interface Pattern extends Lookalike {
  readonly words: RegExp;
  /** It also explains a line that names CORS. */
  readonly evenWithCors?: true;
}

/** Finds what only looks like CORS in a text; the first of the table that matches. */
export function findLookalike(text: string, namesCors: boolean): Lookalike | null {
  const found = LOOKALIKES.find(
    ({ words, evenWithCors }) => (!namesCors || evenWithCors === true) && words.test(text),
  );
  if (found === undefined) return null;
  const { id, cause, fix } = found;
  return { id, cause, fix };
}

/** The certain ones first, what the page alone gets to see last. */
export const LOOKALIKES: readonly Pattern[] = [
  {
    id: 'FILE_PAGE',
    words: /(?:at|load) ['‘"]?file:\/\/|file:\/\/\/.{1,2000}CORS|from origin ['‘"]?file:\/\//,
    evenWithCors: true,
    cause:
      'The page or the resource is a file on disk (`file://`). Such a page has the origin `null`, and browsers let it read nothing.',
    fix: 'Serve the folder with a local web server, such as `npx http-server`, and open it over http://localhost.',
  },
  {
    id: 'MIXED_CONTENT',
    words:
      /Mixed Content:|\[blocked\] The page at .{0,2000} (?:ran|requested) insecure|Blocked loading mixed/i,
    evenWithCors: true,
    cause:
      'The page is served over https and requests an http URL: browsers block this mixed content before CORS is looked at.',
    fix: 'Serve the API over https and request that URL. No CORS setting helps.',
  },
  {
    id: 'CSP',
    words:
      /Content Security Policy|Content-Security-Policy|violates the document's Content|connect-src/i,
    cause:
      "The page's own Content-Security-Policy forbids the request, so nothing was sent and the server had no say.",
    fix: 'Add the origin of the API to `connect-src` (`img-src`, `font-src`, `script-src` for other resources) of the policy that the page is served with.',
  },
  {
    id: 'CERTIFICATE',
    words:
      /ERR_CERT_|ERR_SSL_|SEC_ERROR_|SSL_ERROR_|CERT_HAS_EXPIRED|SELF_SIGNED|certificate for this server is invalid/i,
    cause:
      'The browser does not trust the certificate of the server, so there was no response that CORS could apply to.',
    fix: 'Use a certificate that browsers trust (`mkcert` for development); to see the warning of the browser, open the URL in a tab.',
  },
  {
    id: 'BLOCKED_BY_CLIENT',
    words: /ERR_BLOCKED_BY_CLIENT|blocked by client|ERR_BLOCKED_BY_ADMINISTRATOR/i,
    cause:
      'An extension, such as an ad blocker, or a rule of an administrator blocked the request before it was sent.',
    fix: 'Try a private window without extensions; rename paths that look like advertising or tracking.',
  },
  {
    id: 'ORB',
    words: /ERR_BLOCKED_BY_ORB|OpaqueResponseBlocking|\bORB\b|Cross-Origin Read Blocking|CORB\b/,
    cause:
      'An `<img>`, `<script>` or `<video>` of another origin received something else: mostly an error page or JSON, which Opaque Response Blocking keeps from the page.',
    fix: 'Open the URL in a tab: make it answer with the image or script, its right Content-Type and status 200. Data belongs in `fetch()` with CORS.',
  },
  {
    id: 'CORP',
    words: /ERR_BLOCKED_BY_RESPONSE(?:\.NotSame|\b)|Cross-Origin-Resource-Policy|NotSameOrigin/,
    cause:
      'The response has Cross-Origin-Resource-Policy, or the page has Cross-Origin-Embedder-Policy, and the two do not allow this embedding.',
    fix: "Send `Cross-Origin-Resource-Policy: cross-origin` with the resource (Helmet: `crossOriginResourcePolicy: { policy: 'cross-origin' }`), or load it with `crossorigin` and CORS.",
  },
  {
    id: 'COEP',
    words: /Cross-Origin-Embedder-Policy|require-corp|\bCOEP\b/,
    cause:
      'The page has Cross-Origin-Embedder-Policy, which requires each resource to agree to being embedded.',
    fix: 'Send `Cross-Origin-Resource-Policy: cross-origin` with the resource, or load it with `crossorigin` and CORS.',
  },
  {
    id: 'TAINTED',
    words: /tainted|cross-origin data|texImage2D|The operation is insecure|SecurityError/i,
    cause:
      'An image or video of another origin was loaded without CORS, so the canvas or WebGL texture may not use or export it.',
    fix: "Set `crossOrigin = 'anonymous'` before `src`, and send Access-Control-Allow-Origin with the image. For a page opened from disk (file://), start a local web server.",
  },
  {
    id: 'EVENT_STREAM',
    words: /EventSource's response has a (?:MIME type|Content-Type)/i,
    cause:
      'This is not CORS: the endpoint answered an event stream with something else, such as an HTML page of a login or an error.',
    fix: 'Open the URL in a tab and see what it answers; it must send `Content-Type: text/event-stream`. Check the path, and whether a login redirects it.',
  },
  {
    id: 'MANIFEST',
    words: /[Mm]anifest.{0,200}(?:fetch|401|403|failed|CORS)/,
    evenWithCors: true,
    cause:
      'Browsers request a web app manifest without cookies, so that an authenticating proxy answers it with a login.',
    fix: 'Write `<link rel="manifest" href="…" crossorigin="use-credentials">`, or exempt the manifest from the login.',
  },
  {
    id: 'WEBSOCKET',
    words: /WebSocket connection to|WebSocket is closed|Error during WebSocket handshake/i,
    cause:
      'CORS does not apply to WebSockets: the handshake failed, by a status, a proxy, or a check of `Origin` in the server.',
    fix: 'See the status of the handshake in the network panel; a proxy must pass `Upgrade`, and the server must accept the origin.',
  },
  {
    id: 'UNREACHABLE',
    words:
      /ERR_CONNECTION_|ERR_NAME_NOT_RESOLVED|ERR_ADDRESS_|ERR_EMPTY_RESPONSE|ERR_TIMED_OUT|ECONNREFUSED|ENOTFOUND/,
    cause:
      'There was no response: the server is down, the port or host name is wrong, or a firewall is between.',
    fix: 'Open the URL in a tab. On macOS, port 5000 belongs to AirPlay, which answers 403: use another port.',
  },
  {
    id: 'NATIVE_APPLICATION',
    words: /Network request failed/i,
    cause:
      'React Native makes no CORS checks: the request got no response. An emulator does not reach `localhost` of the computer, and iOS and Android block http.',
    fix: 'Use the address of the computer (`10.0.2.2` in the Android emulator), and https or an exception for http.',
  },
  {
    id: 'PAGE_ERROR',
    words: /Network ?Error|ERR_NETWORK|Failed to fetch|NetworkError when|Load failed|ERR_FAILED/i,
    cause:
      'This is all that the page gets to see, whatever went wrong; pages may not know why. The console has another line with the reason.',
    fix: 'Open the developer tools before the request is made, and paste the line that names CORS, or the failed request (Copy as cURL). Without such a line, it is the network, an extension or a certificate.',
  },
];
