import { LOOKALIKES } from '../../../lib/diagnosis/lookalikes.js';
import { readPaste } from '../../../lib/diagnosis/paste/read-paste.js';

const BLOCKED = (url: string, redirected = '') =>
  `Access to fetch at '${url}' ${redirected}from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.`;

/** What consoles, network panels and pages say, by what it is. */
const WORDINGS: Readonly<Record<string, readonly string[]>> = {
  FILE_PAGE: [
    "Access to script at 'file:///C:/site/main.js' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: chrome, data, http, https.",
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at file:///home/me/x.json. (Reason: CORS request not http).',
    'Not allowed to load local resource: file:///C:/images/a.png',
    "Unsafe attempt to load URL file:///C:/a.html from frame with URL file:///C:/b.html. 'file:' URLs are treated as unique security origins.",
    'Fetch API cannot load file:///android_asset/www/data.json. URL scheme "file" is not supported.',
  ],
  SCHEME_MISSING: [
    "Access to XMLHttpRequest at 'localhost:3000/api' from origin 'http://localhost:4200' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, data, chrome, chrome-extension, https.",
    'XMLHttpRequest cannot load localhost:8080/x. Cross origin requests are only supported for HTTP.',
    'Fetch API cannot load 192.168.0.5:8000/items. URL scheme "192.168.0.5" is not supported.',
  ],
  MIXED_CONTENT: [
    "Mixed Content: The page at 'https://app.example.com/' was loaded over HTTPS, but requested an insecure resource 'http://api.example.com/x'. This request has been blocked; the content must be served over HTTPS.",
    'Blocked loading mixed active content “http://api.example.com/x”',
    '[blocked] The page at https://app.example.com/ was not allowed to run insecure content from http://api.example.com/x.',
    '[blocked] The page at https://app.example.com/ requested insecure content from http://api.example.com/x. This content was blocked and must be served over HTTPS.',
  ],
  FRAME_ANCESTORS: [
    "Refused to display 'https://www.example.com/' in a frame because it set 'X-Frame-Options' to 'sameorigin'.",
    "Refused to frame 'https://www.example.com/' because an ancestor violates the following Content Security Policy directive: \"frame-ancestors 'self'\".",
    'Load denied by X-Frame-Options: https://www.example.com/ does not permit framing.',
  ],
  CSP: [
    "Refused to connect to 'https://api.example.com/x' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at https://api.example.com/x because it violates the following directive: “default-src 'self'”",
    'Content Security Policy: The page’s settings blocked the loading of a resource at https://api.example.com/x (“default-src”).',
    '[Error] Refused to connect to https://api.example.com/x because it does not appear in the connect-src directive of the Content Security Policy.',
    "Connecting to 'https://api.example.com/x' violates the following Content Security Policy directive: \"connect-src 'self'\". The action has been blocked.",
  ],
  BLOCKED_BY_CLIENT: [
    'GET https://stats.example.com/track net::ERR_BLOCKED_BY_CLIENT',
    'The resource at “https://stats.example.com/” was blocked because content blocking is enabled.',
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://cdn.example.com/x.js. (Reason: CORS request did not succeed). Status code: (null).\nThe resource at “<URL>” was blocked because Enhanced Tracking Protection is enabled.',
    'Failed to load resource: net::ERR_BLOCKED_BY_ADMINISTRATOR',
  ],
  ORB: [
    'GET https://cdn.example.com/a.png net::ERR_BLOCKED_BY_ORB',
    'A resource is blocked by OpaqueResponseBlocking, please check browser console for details.',
    'Cross-Origin Read Blocking (CORB) blocked cross-origin response https://api.example.com/x with MIME type application/json. See https://www.chromestatus.com/feature/5629709824032768 for more details.',
  ],
  COOP: [
    'Cross-Origin-Opener-Policy policy would block the window.closed call.',
    "The Cross-Origin-Opener-Policy header has been ignored, because the URL's origin was untrustworthy.",
  ],
  COEP: [
    'GET https://cdn.example.com/a.webp net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep 200 (OK)',
    'The resource at “https://cdn.example.com/a.js” was blocked due to its Cross-Origin-Embedder-Policy header.',
  ],
  CORP: [
    'GET https://api.example.com/a.png net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin 200 (OK)',
    'GET https://api.example.com/a.png net::ERR_BLOCKED_BY_RESPONSE.NotSameSite',
    'The resource at “https://api.example.com/a.png” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).',
    "Cancelled load to https://api.example.com/a.png because it violates the resource's Cross-Origin-Resource-Policy response header.",
    'Specify a Cross-Origin Resource Policy to prevent a resource from being blocked',
  ],
  WORKER: [
    "Failed to construct 'Worker': Script at 'https://cdn.example.com/w.js' cannot be accessed from origin 'https://app.example.com'.",
    "Failed to register a ServiceWorker: The origin of the provided scriptURL ('https://cdn.example.com') does not match the current origin ('https://app.example.com').",
  ],
  FRAME_ACCESS: [
    'Uncaught DOMException: Blocked a frame with origin "https://app.example.com" from accessing a cross-origin frame.',
    "Failed to execute 'postMessage' on 'DOMWindow': The target origin provided ('https://a.example.com') does not match the recipient window's origin ('https://b.example.com').",
    'Error: Permission denied to access property "document" on cross-origin object',
  ],
  COOKIE: [
    'This Set-Cookie was blocked because it had the "SameSite=Lax" attribute but came from a cross-site response',
    'Cookie “sid” has been rejected because it is in a cross-site context and its “SameSite” is “Lax” or “Strict”.',
  ],
  TAINTED: [
    "Failed to execute 'toDataURL' on 'HTMLCanvasElement': Tainted canvases may not be exported.",
    "Failed to execute 'texImage2D' on 'WebGLRenderingContext': The image element contains cross-origin data, and may not be loaded.",
    "Failed to execute 'getImageData' on 'CanvasRenderingContext2D': The canvas has been tainted by cross-origin data.",
    'SecurityError: The operation is insecure.',
    "Failed to read the 'cssRules' property from 'CSSStyleSheet': Cannot access rules",
  ],
  SCRIPT_ERROR: ['Script error.', 'Uncaught Script error. (:0)'],
  MIME_TYPE: [
    "Refused to execute script from 'https://cdn.example.com/a.js' because its MIME type ('text/html') is not executable, and strict MIME type checking is enabled.",
    'Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of "text/html".',
    'The resource from “https://cdn.example.com/a.js” was blocked due to MIME type (“text/html”) mismatch (X-Content-Type-Options: nosniff).',
  ],
  CERTIFICATE: [
    'GET https://localhost:5001/x net::ERR_CERT_AUTHORITY_INVALID',
    'GET https://localhost:5001/x net::ERR_SSL_PROTOCOL_ERROR',
    'MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT',
    'The certificate for this server is invalid. You might be connecting to a server that is pretending to be “localhost”',
    'RequestError: unable to verify the first certificate',
  ],
  EVENT_STREAM: [
    'EventSource\'s response has a MIME type ("text/html") that is not "text/event-stream". Aborting the connection.',
  ],
  MANIFEST: [
    BLOCKED(
      'https://team.cloudflareaccess.com/cdn-cgi/access/login/app',
      "(redirected from 'https://app.example.com/manifest.json') ",
    ).replace('fetch', 'manifest'),
    'Manifest fetch from https://app.example.com/manifest.json failed, code 401',
    "Access to internal resource at 'https://login.example.com/' (redirected from 'https://app.example.com/site.webmanifest') from origin 'https://app.example.com' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
  ],
  LOGIN_REDIRECT: [
    BLOCKED(
      'https://login.example.com/common/oauth2/authorize?x=1',
      "(redirected from 'https://api.example.com/x') ",
    ),
    BLOCKED(
      'https://dev-1.okta.com/oauth2/v1/authorize',
      "(redirected from 'https://api.example.com/x') ",
    ),
    "Redirect from 'https://api.example.com/x' to 'https://sso.example.com/start' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource. Origin 'https://app.example.com' is therefore not allowed access.",
    'Cross-origin redirection to https://accounts.example.com/signin denied by Cross-Origin Resource Sharing policy: Origin https://app.example.com is not allowed by Access-Control-Allow-Origin.',
  ],
  WEBSOCKET: [
    "WebSocket connection to 'wss://api.example.com/socket.io/?EIO=4&transport=websocket' failed: Error during WebSocket handshake: Unexpected response code: 400",
    'Firefox can’t establish a connection to the server at wss://api.example.com/live.',
    'WebSocket is closed before the connection is established.',
  ],
  SOCKET_IO: [BLOCKED('http://localhost:3001/socket.io/?EIO=4&transport=polling&t=P1a2b3c')],
  AIRPLAY: ['HTTP/1.1 403 Forbidden\nContent-Length: 0\nServer: AirTunes/670.6.2'],
  BODY_TOO_LARGE: [
    'POST https://api.example.com/upload 413 (Request Entity Too Large)',
    `${BLOCKED('https://api.example.com/upload')}\nPOST https://api.example.com/upload net::ERR_FAILED 413`,
    '[Error] Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 413',
  ],
  HTTP_STATUS: [
    'GET https://api.example.com/x 404 (Not Found)',
    'Failed to load resource: the server responded with a status of 401 (Unauthorized)',
    'AxiosError: Request failed with status code 403',
    'POST https://api.example.com/x 500 (Internal Server Error)',
  ],
  GATEWAY: [
    `${BLOCKED('https://api.example.com/x')}\nGET https://api.example.com/x net::ERR_FAILED 502 (Bad Gateway)`,
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://api.example.com/x. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 504.',
  ],
  SERVER_ERROR: [
    `${BLOCKED('https://api.example.com/x')}\nPOST https://api.example.com/x net::ERR_FAILED 500 (Internal Server Error)`,
    '[Error] Origin https://app.example.com is not allowed by Access-Control-Allow-Origin. Status code: 500',
  ],
  UNSAFE_PORT: [
    'GET http://localhost:6000/ net::ERR_UNSAFE_PORT',
    'Not allowed to use restricted network port 6000: http://localhost:6000/',
  ],
  UNREACHABLE: [
    'GET http://localhost:3000/api net::ERR_CONNECTION_REFUSED',
    'POST https://api.example.com/x net::ERR_NAME_NOT_RESOLVED',
    'Failed to load resource: Could not connect to the server.',
    'Error: connect ECONNREFUSED 127.0.0.1:3000',
    'GET https://api.example.com/x net::ERR_HTTP2_PROTOCOL_ERROR 200 (OK)',
  ],
  NATIVE_APPLICATION: [
    'TypeError: Network request failed',
    '[AxiosError: Network Error]\n at dispatchHttpRequest (node_modules/react-native/Libraries/Network/XMLHttpRequest.js)',
  ],
  SERVER_SIDE: ['TypeError: fetch failed\n    at node:internal/deps/undici/undici:13510:13'],
  OPAQUE: ['Response {type: "opaque", url: "", redirected: false, status: 0, ok: false}'],
  PAGE_ERROR: [
    'TypeError: Failed to fetch',
    'AxiosError: Network Error code: ERR_NETWORK',
    'TypeError: NetworkError when attempting to fetch resource.',
    'TypeError: Load failed',
    'GET https://api.example.com/x net::ERR_FAILED 200 (OK)',
    'ClientException: XMLHttpRequest error., uri=https://api.example.com/x',
    'Http failure response for https://api.example.com/x: 0 Unknown Error',
    'Provisional headers are shown',
  ],
};

describe('what only looks like CORS', () => {
  it.each(
    Object.entries(WORDINGS).flatMap(([id, words]) => words.map((text) => [id, text] as const)),
  )('is %s: %s', (id, text) => {
    expect(readPaste(text)?.lookalike?.id).toBe(id);
  });

  it('has real words for each, and an id of its own', () => {
    const ids = LOOKALIKES.map(({ id }) => id);
    expect(ids.toSorted()).toEqual(Object.keys(WORDINGS).toSorted());
  });

  it.each([
    BLOCKED('https://api.example.com/login'),
    BLOCKED('https://api.example.com/oauth2/token'),
    "Access to font at 'https://cdn.example.com/a.woff2' from origin 'https://app.example.com' has been blocked by CORS policy: The value of the 'Access-Control-Allow-Origin' header in the response must not be the wildcard '*' when the request's credentials mode is 'include'.",
    "HTTP/1.1 200 OK\nX-Content-Type-Options: nosniff\nX-Frame-Options: DENY\nContent-Security-Policy: default-src 'self'\nCross-Origin-Resource-Policy: same-origin\nSet-Cookie: a=b; SameSite=Lax",
    `curl 'https://api.example.com/x' -H 'cookie: SameSite=1'`,
  ])('is not found in %s', (text) => {
    expect(readPaste(text)).not.toBeNull();
    expect(readPaste(text)?.lookalike).toBeUndefined();
  });

  it('says in a sentence what it is, and what helps', () => {
    for (const { id, cause, fix } of LOOKALIKES) {
      expect([id, cause.endsWith('.'), fix.endsWith('.')]).toEqual([id, true, true]);
    }
  });
});
