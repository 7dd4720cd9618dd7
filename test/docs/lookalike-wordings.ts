/** What pages and consoles say, word for word: to be searched for. `…` stands for what varies. */
export const lookalikeWordings: Readonly<Record<string, readonly string[]>> = {
  FILE_PAGE: [
    "Access to script at 'file:///…' from origin 'null' has been blocked by CORS policy: Cross origin requests are only supported for protocol schemes: chrome, chrome-extension, chrome-untrusted, data, http, https, isolated-app.",
    'Cross-Origin Request Blocked: The Same Origin Policy disallows reading the remote resource at file:///…. (Reason: CORS request not http).',
  ],
  MIXED_CONTENT: [
    "Mixed Content: The page at 'https://…' was loaded over HTTPS, but requested an insecure XMLHttpRequest endpoint 'http://…'. This request has been blocked; the content must be served over HTTPS.",
    'Blocked loading mixed active content “http://…”',
    '[blocked] The page at https://… requested insecure content from http://…. This content was blocked and must be served over HTTPS.',
  ],
  CSP: [
    "Refused to connect to 'https://…' because it violates the following Content Security Policy directive: \"connect-src 'self'\".",
    "Content-Security-Policy: The page’s settings blocked the loading of a resource (connect-src) at https://… because it violates the following directive: “connect-src 'self'”",
  ],
  CERTIFICATE: [
    'GET https://… net::ERR_CERT_AUTHORITY_INVALID',
    'GET https://… net::ERR_CERT_COMMON_NAME_INVALID',
    'The certificate for this server is invalid. You might be connecting to a server that is pretending to be “…”, which could put your confidential information at risk.',
  ],
  BLOCKED_BY_CLIENT: ['GET https://… net::ERR_BLOCKED_BY_CLIENT'],
  ORB: [
    'GET https://… net::ERR_BLOCKED_BY_ORB',
    'A resource is blocked by OpaqueResponseBlocking, please check browser console for details.',
    'Cross-Origin Read Blocking (CORB) blocked cross-origin response https://… with MIME type text/html.',
  ],
  CORP: [
    'GET https://… net::ERR_BLOCKED_BY_RESPONSE.NotSameOrigin',
    'GET https://… net::ERR_BLOCKED_BY_RESPONSE.NotSameOriginAfterDefaultedToSameOriginByCoep',
    'The resource at “https://…” was blocked due to its Cross-Origin-Resource-Policy header (or lack thereof).',
  ],
  COEP: [
    'Specify a Cross-Origin-Embedder-Policy (require-corp) to prevent this frame from being blocked',
  ],
  TAINTED: [
    "Uncaught SecurityError: Failed to execute 'toDataURL' on 'HTMLCanvasElement': Tainted canvases may not be exported.",
    "Failed to execute 'texImage2D' on 'WebGLRenderingContext': The image element contains cross-origin data, and may not be loaded.",
    'SecurityError: The operation is insecure.',
  ],
  EVENT_STREAM: [
    'EventSource\'s response has a MIME type ("text/html") that is not "text/event-stream". Aborting the connection.',
  ],
  MANIFEST: [
    'Manifest: Line: 1, column: 1, Syntax error; Failed to load resource: 401, manifest.json',
  ],
  WEBSOCKET: [
    "WebSocket connection to 'wss://…' failed: Error during WebSocket handshake: Unexpected response code: 403",
    'WebSocket is closed before the connection is established.',
  ],
  UNREACHABLE: [
    'GET https://… net::ERR_CONNECTION_REFUSED',
    'GET https://… net::ERR_NAME_NOT_RESOLVED',
    'Error: connect ECONNREFUSED 127.0.0.1:3000',
  ],
  NATIVE_APPLICATION: ['TypeError: Network request failed'],
  PAGE_ERROR: [
    'TypeError: Failed to fetch',
    'TypeError: NetworkError when attempting to fetch resource.',
    'TypeError: Load failed',
    'AxiosError: Network Error code: ERR_NETWORK',
    'GET https://… net::ERR_FAILED',
  ],
};
