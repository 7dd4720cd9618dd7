import type { LookalikePattern } from './lookalike.js';

/** What the page itself, or how it is loaded, forbids: the server has no say in it. */
export const pageRules: readonly LookalikePattern[] = [
  {
    id: 'FILE_PAGE',
    words:
      /(?:at|load) ['‘"]?file:\/\/|file:\/\/\/.{1,2000}CORS|from origin ['‘"]?file:\/\/|Not allowed to load local resource|attempt to load URL file:\/\//,
    evenWithCors: true,
    cause:
      'The page or the resource is a file on disk (`file://`). Such a page has the origin `null`, and browsers let it read nothing.',
    fix: 'Serve the folder with a local web server, such as `npx http-server`, and open it over http://localhost. An application in a web view needs a scheme of its own (Capacitor, Electron: `protocol.handle`).',
  },
  {
    id: 'SCHEME_MISSING',
    words:
      /(?:\bcannot load|\bFailed to load|\bAccess to [A-Za-z]{3,20} at) ['‘"]?(?:localhost|(?:\d{1,3}\.){3}\d{1,3}|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}):\d/,
    evenWithCors: true,
    cause:
      'The URL lacks `http://` or `https://`: in `localhost:3000/x` browsers take `localhost` for the scheme.',
    fix: "Write the scheme in the page: `fetch('http://localhost:3000/x')`.",
  },
  {
    id: 'MIXED_CONTENT',
    words:
      /Mixed Content:|\[blocked\] The page at .{0,2000} (?:ran|run|requested?|displayed?) insecure|Blocked loading mixed|Blocked mixed content|Loading mixed \(insecure\)|mixed-content/i,
    evenWithCors: true,
    cause:
      'The page is served over https and requests an http URL: browsers block this mixed content before CORS is looked at.',
    fix: 'Serve the API over https and request that URL. No CORS setting helps.',
  },
  {
    id: 'FRAME_ANCESTORS',
    words:
      /Refused to (?:display|frame) .{0,2000}(?:X-Frame-Options|frame-ancestors|frame-src)|X-Frame-Options|frame-ancestors/i,
    cause:
      'This is not CORS: the other site forbids being shown in a frame (`X-Frame-Options`, `frame-ancestors`), or the own policy forbids the frame.',
    fix: 'Only the other site can allow it: `Content-Security-Policy: frame-ancestors https://your-page`. Otherwise link to it, or use its API.',
  },
  {
    id: 'CSP',
    words:
      /Content.Security.Policy|violates the document's Content|\b(?:connect|img|font|script|style|default|worker|media)-src\b/i,
    cause:
      "The page's own Content-Security-Policy forbids the request, so nothing was sent and the server had no say.",
    fix: 'Add the origin of the API to `connect-src` (`img-src`, `font-src`, `script-src` for other resources) of the policy that the page is served with.',
  },
  {
    id: 'BLOCKED_BY_CLIENT',
    words:
      /ERR_BLOCKED_BY_(?:CLIENT|ADMINISTRATOR)|blocked by client|because (?:content blocking|Enhanced Tracking Protection|tracking protection) is enabled|content blocker|Request was blocked by (?:an extension|DevTools)/i,
    evenWithCors: true,
    cause:
      'An extension, such as an ad blocker, tracking protection, or a rule of an administrator blocked the request before it was sent.',
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
    id: 'COOP',
    words: /Cross-Origin-Opener-Policy/,
    cause:
      'This is not CORS: Cross-Origin-Opener-Policy separates the page from the window that it opened, such as that of a login.',
    fix: 'Where the page needs the window, send `Cross-Origin-Opener-Policy: same-origin-allow-popups` with the page (Helmet: `crossOriginOpenerPolicy`).',
  },
  {
    id: 'COEP',
    words: /Cross-Origin-Embedder-Policy|require-corp|\bCOEP\b|ByCoep/,
    cause:
      'The page has Cross-Origin-Embedder-Policy, which requires each resource to agree to being embedded.',
    fix: 'Send `Cross-Origin-Resource-Policy: cross-origin` with the resource, or load it with `crossorigin` and CORS.',
  },
  {
    id: 'CORP',
    words:
      /ERR_BLOCKED_BY_RESPONSE(?:\.NotSame|\b)|Cross-Origin.Resource.Policy|NotSameOrigin|NotSameSite/i,
    cause:
      'The response has Cross-Origin-Resource-Policy, or the page has Cross-Origin-Embedder-Policy, and the two do not allow this embedding.',
    fix: "Send `Cross-Origin-Resource-Policy: cross-origin` with the resource (Helmet: `crossOriginResourcePolicy: { policy: 'cross-origin' }`), or load it with `crossorigin` and CORS.",
  },
  {
    id: 'WORKER',
    words: /Failed to construct '(?:Shared)?Worker'|register a ServiceWorker/,
    cause: 'Workers must come from the origin of the page: CORS does not apply to them.',
    fix: 'Serve the script of the worker from the own origin; it may import the other one (`importScripts`, or a blob URL with an import).',
  },
  {
    id: 'FRAME_ACCESS',
    words:
      /accessing a cross-origin frame|postMessage.{0,200}(?:does not match|target origin)|Blocked a frame with origin|permission denied to access property/i,
    cause:
      'This is not CORS: a script touches a window or frame of another origin, which only `postMessage()` may do.',
    fix: "Let the two talk with `postMessage(data, 'https://the-other-page')` and check `event.origin` in the listener. No header allows direct access.",
  },
  {
    id: 'COOKIE',
    words: /Set-Cookie|SameSite|cookie .{0,200}(?:rejected|blocked)/i,
    cause:
      'This is about a cookie, not about CORS: browsers keep it from requests of another site unless it says otherwise.',
    fix: "Set the cookie with `SameSite=None; Secure` over https, send the request with `credentials: 'include'`, and allow credentials in CORS. Browsers may still block cookies of third parties.",
  },
  {
    id: 'TAINTED',
    words:
      /tainted|cross-origin data|texImage2D|cssRules|The operation is insecure|SecurityError.{0,200}(?:image|canvas|video|texture)/i,
    cause:
      'An image, video or stylesheet of another origin was loaded without CORS, so the page may not read it: no canvas may export it, no WebGL texture use it.',
    fix: "Set `crossOrigin = 'anonymous'` before `src` or `href`, and send Access-Control-Allow-Origin with it. For a page opened from disk (file://), start a local web server.",
  },
  {
    id: 'SCRIPT_ERROR',
    words: /^\W{0,9}(?:Uncaught )?Script error\.?/im,
    cause:
      'An exception in a script of another origin: without CORS, the page learns nothing more about it.',
    fix: 'Load the script with `<script crossorigin>`, and send Access-Control-Allow-Origin with it.',
  },
  {
    id: 'MIME_TYPE',
    words:
      /MIME type .{0,200}(?:not executable|not a supported|mismatch)|Expected a JavaScript.{0,40}module script|strict MIME type checking|nosniff/i,
    cause:
      'This is not CORS: the URL answered with another type, mostly the HTML page of an error or of a single-page application.',
    fix: 'Open the URL in a tab: correct the path, or let the server send the file with its right Content-Type.',
  },
];
