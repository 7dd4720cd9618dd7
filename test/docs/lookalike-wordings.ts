const BLOCKED =
  "from origin 'https://…' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.";

/** What pages and consoles say, word for word: to be searched for. `…` stands for what varies. */
export const lookalikeWordings: Readonly<Record<string, readonly string[]>> = {
  FILE_PAGE: [
    "Access to script at 'file:///…' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, chrome-untrusted, data, http, https, isolated-app.",
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at file:///…. (Reason: CORS request not http).',
    'Not allowed to load local resource: file:///…',
    "Unsafe attempt to load URL file:///… from frame with URL file:///…. 'file:' URLs are treated as unique security origins.",
    'Fetch API cannot load file:///…. URL scheme "file" is not supported.',
  ],
  SCHEME_MISSING: [
    "Access to XMLHttpRequest at 'localhost:3000/…' from origin 'http://localhost:4200' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: http, data, chrome, chrome-extension, https.",
    'XMLHttpRequest cannot load localhost:8080/…. Cross origin requests are only supported for HTTP.',
    'Fetch API cannot load localhost:3000/…. URL scheme "localhost" is not supported.',
  ],
  MIXED_CONTENT: [
    "Mixed Content: The page at 'https://…' was loaded over HTTPS, but requested an insecure XMLHttpRequest endpoint 'http://…'. This request has been blocked; the content must be served over HTTPS.",
    'Blocked loading mixed active content “http://…”',
    '[blocked] The page at https://… requested insecure content from http://…. This content was blocked and must be served over HTTPS.',
    '[blocked] The page at https://… was not allowed to run insecure content from http://….',
  ],
  FRAME_ANCESTORS: [
    "Refused to display 'https://…' in a frame because it set 'X-Frame-Options' to 'sameorigin'.",
    "Refused to frame 'https://…' because an ancestor violates the following Content Security Policy directive: \"frame-ancestors 'self'\".",
    'Load denied by X-Frame-Options: https://… does not permit framing.',
  ],
  CSP: [
    "Refused to connect to 'https://…' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    "Connecting to 'https://…' violates the following Content Security Policy directive: \"connect-src 'self'\". The action has been blocked.",
    "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at https://… because it violates the following directive: “connect-src 'self'”",
    'Refused to connect to https://… because it does not appear in the connect-src directive of the Content Security Policy.',
  ],
  BLOCKED_BY_CLIENT: [
    'GET https://… net::ERR_BLOCKED_BY_CLIENT',
    'Failed to load resource: net::ERR_BLOCKED_BY_ADMINISTRATOR',
    'The resource at “https://…” was blocked because content blocking is enabled.',
    'The resource at “https://…” was blocked because Enhanced Tracking Protection is enabled.',
  ],
  ORB: [
    'GET https://… net::ERR_BLOCKED_BY_ORB',
    'A resource is blocked by OpaqueResponseBlocking, please check browser console for details.',
    'Cross-Origin Read Blocking (CORB) blocked cross-origin response https://… with MIME type text/html.',
  ],
  COOP: ['Cross-Origin-Opener-Policy policy would block the window.closed call.'],
  COEP: [
    'Specify a Cross-Origin-Embedder-Policy (require-corp) to prevent this frame from being blocked',
    'GET https://… net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep',
    'The resource at “https://…” was blocked due to its Cross-Origin-Embedder-Policy header.',
  ],
  CORP: [
    'GET https://… net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin',
    'GET https://… net::ERR_BLOCKED_BY_RESPONSE.NotSameSite',
    'The resource at “https://…” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).',
    "Cancelled load to https://… because it violates the resource's Cross-Origin-Resource-Policy response header.",
    'Specify a Cross-Origin Resource Policy to prevent a resource from being blocked',
  ],
  WORKER: [
    "Failed to construct 'Worker': Script at 'https://…' cannot be accessed from origin 'https://…'.",
    "Failed to register a ServiceWorker: The origin of the provided scriptURL ('https://…') does not match the current origin ('https://…').",
  ],
  FRAME_ACCESS: [
    'Blocked a frame with origin "https://…" from accessing a cross-origin frame.',
    "Failed to execute 'postMessage' on 'DOMWindow': The target origin provided ('https://…') does not match the recipient window's origin ('https://…').",
    'Error: Permission denied to access property "document" on cross-origin object',
  ],
  COOKIE: [
    'This Set-Cookie was blocked because it had the "SameSite=Lax" attribute but came from a cross-site response',
    'Cookie “…” has been rejected because it is in a cross-site context and its “SameSite” is “Lax” or “Strict”.',
  ],
  TAINTED: [
    "Uncaught SecurityError: Failed to execute 'toDataURL' on 'HTMLCanvasElement': Tainted canvases may not be exported.",
    "Failed to execute 'texImage2D' on 'WebGLRenderingContext': The image element contains cross-origin data, and may not be loaded.",
    "Failed to execute 'getImageData' on 'CanvasRenderingContext2D': The canvas has been tainted by cross-origin data.",
    "Failed to read the 'cssRules' property from 'CSSStyleSheet': Cannot access rules",
    'SecurityError: The operation is insecure.',
  ],
  SCRIPT_ERROR: ['Script error.', 'Uncaught Script error.'],
  MIME_TYPE: [
    "Refused to execute script from 'https://…' because its MIME type ('text/html') is not executable, and strict MIME type checking is enabled.",
    'Failed to load module script: Expected a JavaScript-or-Wasm module script but the server responded with a MIME type of "text/html".',
    'The resource from “https://…” was blocked due to MIME type (“text/html”) mismatch (X-Content-Type-Options: nosniff).',
  ],
  CERTIFICATE: [
    'GET https://… net::ERR_CERT_AUTHORITY_INVALID',
    'GET https://… net::ERR_CERT_COMMON_NAME_INVALID',
    'GET https://… net::ERR_SSL_PROTOCOL_ERROR',
    'MOZILLA_PKIX_ERROR_SELF_SIGNED_CERT',
    'The certificate for this server is invalid. You might be connecting to a server that is pretending to be “…”, which could put your confidential information at risk.',
    'unable to verify the first certificate',
  ],
  EVENT_STREAM: [
    'EventSource\'s response has a MIME type ("text/html") that is not "text/event-stream". Aborting the connection.',
  ],
  MANIFEST: [
    'Manifest: Line: 1, column: 1, Syntax error; Failed to load resource: 401, manifest.json',
    'Manifest fetch from https://… failed, code 401',
    `Access to manifest at 'https://…' (redirected from 'https://…/manifest.json') ${BLOCKED}`,
    `Access to internal resource at 'https://…' (redirected from 'https://…/site.webmanifest') ${BLOCKED}`,
  ],
  LOGIN_REDIRECT: [
    `Access to fetch at 'https://login.…/oauth2/authorize' (redirected from 'https://…') ${BLOCKED}`,
    "Redirect from 'https://…' to 'https://sso.…' has been blocked by CORS policy: No 'Access-Control-Allow-Origin' header is present on the requested resource.",
    'Cross-origin redirection to https://accounts.… denied by Cross-Origin Resource Sharing policy: Origin https://… is not allowed by Access-Control-Allow-Origin.',
  ],
  WEBSOCKET: [
    "WebSocket connection to 'wss://…' failed: Error during WebSocket handshake: Unexpected response code: 403",
    'Firefox can’t establish a connection to the server at wss://….',
    'WebSocket is closed before the connection is established.',
  ],
  SOCKET_IO: [
    `Access to XMLHttpRequest at 'http://…/socket.io/?EIO=4&transport=polling' ${BLOCKED}`,
  ],
  AIRPLAY: ['Server: AirTunes/…'],
  BODY_TOO_LARGE: [
    'POST https://… 413 (Request Entity Too Large)',
    'POST https://… net::ERR_FAILED 413',
    'Origin https://… is not allowed by Access-Control-Allow-Origin. Status code: 413',
  ],
  HTTP_STATUS: [
    'GET https://… 404 (Not Found)',
    'POST https://… 500 (Internal Server Error)',
    'Failed to load resource: the server responded with a status of 401 (Unauthorized)',
    'AxiosError: Request failed with status code 403',
  ],
  GATEWAY: [
    'GET https://… net::ERR_FAILED 502 (Bad Gateway)',
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at https://…. (Reason: CORS header ‘Access-Control-Allow-Origin’ missing). Status code: 504.',
  ],
  SERVER_ERROR: [
    'POST https://… net::ERR_FAILED 500 (Internal Server Error)',
    'Origin https://… is not allowed by Access-Control-Allow-Origin. Status code: 500',
  ],
  UNSAFE_PORT: [
    'GET http://…:6000/ net::ERR_UNSAFE_PORT',
    'Not allowed to use restricted network port 6000: http://…:6000/',
  ],
  UNREACHABLE: [
    'GET https://… net::ERR_CONNECTION_REFUSED',
    'GET https://… net::ERR_NAME_NOT_RESOLVED',
    'GET https://… net::ERR_HTTP2_PROTOCOL_ERROR',
    'Failed to load resource: Could not connect to the server.',
    'Error: connect ECONNREFUSED 127.0.0.1:3000',
  ],
  NATIVE_APPLICATION: ['TypeError: Network request failed'],
  SERVER_SIDE: ['TypeError: fetch failed'],
  OPAQUE: ['Response {type: "opaque", url: "", redirected: false, status: 0, ok: false}'],
  PAGE_ERROR: [
    'TypeError: Failed to fetch',
    'TypeError: NetworkError when attempting to fetch resource.',
    'TypeError: Load failed',
    'AxiosError: Network Error code: ERR_NETWORK',
    'Http failure response for https://…: 0 Unknown Error',
    'ClientException: XMLHttpRequest error.',
    'GET https://… net::ERR_FAILED',
    'Provisional headers are shown',
  ],
};
