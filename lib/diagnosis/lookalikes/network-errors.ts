import { LOGIN_CAUSE, LOGIN_FIX, LOGIN_WORDS } from '../login-redirect.js';
import type { LookalikePattern } from './lookalike.js';

/** It answers in place of the user's server. */
export const airPlay: LookalikePattern = {
  id: 'AIRPLAY',
  words: /AirTunes|AirPlay/,
  evenWithCors: true,
  cause:
    'On macOS, port 5000 (and 7000) belongs to the AirPlay receiver, which answers 403: the own server was not reached.',
  fix: 'Use another port, or turn off the AirPlay receiver in the settings of the system.',
};

/** What goes wrong between page and server, the certain first, what the page alone gets to see last. */
export const networkErrors: readonly LookalikePattern[] = [
  {
    id: 'CERTIFICATE',
    words:
      /ERR_CERT_|ERR_SSL_|SEC_ERROR_|SSL_ERROR_|MOZILLA_PKIX|CERT_HAS_EXPIRED|SELF_SIGNED|UNABLE_TO_VERIFY|unable to verify the first certificate|certificate for this server is invalid|NSURLErrorDomain.{0,40}-12\d\d/i,
    cause:
      'The browser does not trust the certificate of the server, so there was no response that CORS could apply to.',
    fix: 'Use a certificate that browsers trust (`mkcert` for development); to see the warning of the browser, open the URL in a tab.',
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
    words:
      /[Mm]anifest.{0,200}(?:fetch|401|403|failed|CORS)|Access to (?:internal resource|manifest) at/,
    evenWithCors: true,
    cause:
      'Browsers request a web app manifest without cookies, so that an authenticating proxy answers it with a login.',
    fix: 'Write `<link rel="manifest" href="…" crossorigin="use-credentials">`, or exempt the manifest from the login.',
  },
  {
    id: 'LOGIN_REDIRECT',
    words: LOGIN_WORDS,
    evenWithCors: true,
    cause: LOGIN_CAUSE,
    fix: LOGIN_FIX,
  },
  {
    id: 'WEBSOCKET',
    words:
      /WebSocket connection to|WebSocket is closed|Error during WebSocket handshake|can.t establish a connection to the server at wss?:/i,
    cause:
      'CORS does not apply to WebSockets: the handshake failed, by a status, a proxy, or a check of `Origin` in the server.',
    fix: 'See the status of the handshake in the network panel; a proxy must pass `Upgrade`, and the server must accept the origin.',
  },
  {
    id: 'SOCKET_IO',
    words: /\/socket\.io\/\?/,
    evenWithCors: true,
    cause:
      'It is a request of socket.io, which answers its own path with its own `cors` option: CORS of the application does not reach it.',
    fix: "Set `cors: { origin: ['https://your-page'], credentials: true }` where it is made: `new Server(http, { cors })`, `@WebSocketGateway({ cors })`; with nestjs-cors, `socketOptions()`.",
  },
  airPlay,
  {
    id: 'BODY_TOO_LARGE',
    words: /\b413 \(|Request Entity Too Large|ERR_FAILED 413|Status code: 413/i,
    evenWithCors: true,
    cause:
      'The body is too large for a proxy or the framework (413), and the error page has no CORS headers.',
    fix: "Raise the limit: nginx `client_max_body_size`, Nest `app.useBodyParser('json', { limit: '10mb' })`, Fastify `bodyLimit`.",
  },
  {
    id: 'HTTP_STATUS',
    words:
      /\b(?:GET|HEAD|POST|PUT|PATCH|DELETE)\s{0,9}https?:\S{1,2000} [45]\d\d \(|responded with a status of [45]\d\d|failed with status code [45]\d\d/,
    cause:
      'The server answered with an error, and the page could see its status: CORS let the response through.',
    fix: 'See the request in the network panel and the log of the server: the address, the method, the authentication or the body is what it refuses.',
  },
  {
    id: 'GATEWAY',
    words: /ERR_FAILED 50[234]|Status code: 50[234]/i,
    evenWithCors: true,
    cause:
      'A proxy or gateway answered, since the server behind it is down, restarting or too slow (502, 503, 504), and its error page has no CORS headers.',
    fix: 'Look at the server behind the proxy, and at its time-outs. CORS is not what is broken.',
  },
  {
    id: 'SERVER_ERROR',
    words: /ERR_FAILED 500|Status code: 500\b/i,
    evenWithCors: true,
    cause: 'The server failed (500), and the error was sent without CORS headers.',
    fix: 'Look at the exception in the log of the server. CORS is not what is broken.',
  },
  {
    id: 'UNSAFE_PORT',
    words: /ERR_UNSAFE_PORT|restricted network port|This address is restricted/i,
    evenWithCors: true,
    cause: 'Browsers never connect to this port, which belongs to another protocol (such as 6000).',
    fix: 'Run the server on another port.',
  },
  {
    id: 'UNREACHABLE',
    words:
      /ERR_CONNECTION_|ERR_NAME_NOT_RESOLVED|ERR_ADDRESS_|ERR_EMPTY_RESPONSE|ERR_TIMED_OUT|ERR_NETWORK_CHANGED|ERR_INTERNET_DISCONNECTED|ERR_HTTP2_|ERR_QUIC_|ERR_TUNNEL_|ERR_PROXY_|NS_ERROR_(?:CONNECTION|NET|UNKNOWN_HOST)|ECONNREFUSED|ECONNRESET|ENOTFOUND|Could not connect to the server|network connection was lost/i,
    evenWithCors: true,
    cause:
      'There was no response: the server is down, the port or host name is wrong, or a firewall is between.',
    fix: 'Open the URL in a tab. On macOS, port 5000 belongs to AirPlay, which answers 403: use another port.',
  },
  {
    id: 'NATIVE_APPLICATION',
    words: /Network request failed|RCTNetworking|react-native|\bExpo\b/i,
    cause:
      'React Native makes no CORS checks: the request got no response. An emulator does not reach `localhost` of the computer, and iOS and Android block http.',
    fix: 'Use the address of the computer (`10.0.2.2` in the Android emulator), and https or an exception for http.',
  },
  {
    id: 'SERVER_SIDE',
    words: /TypeError: fetch failed|node:internal|undici/,
    cause: 'This is a request from Node, not from a page: nothing there checks CORS.',
    fix: 'See the `cause` of the error: mostly the host name, the port or the certificate is wrong.',
  },
  {
    id: 'OPAQUE',
    words: /"opaque" response|type: ?["']opaque|\bopaque response\b/i,
    cause:
      "The page used `mode: 'no-cors'`, which gives it a response without status, headers and body, whatever the server sends.",
    fix: "Remove `mode: 'no-cors'` from the call, and let the server allow the page by CORS.",
  },
  {
    id: 'PAGE_ERROR',
    words:
      /Network ?Error|ERR_NETWORK|Failed to fetch|NetworkError when|Load failed|ERR_FAILED|XMLHttpRequest error|Http failure response for .{0,500}: 0 |Unknown Error|xhr poll error|status(?:Text)?["']?: ?0\b|Provisional headers are shown|CORS error\b/i,
    cause:
      'This is all that the page gets to see, whatever went wrong; pages may not know why. The console has another line with the reason.',
    fix: 'Open the developer tools before the request is made, and paste the line that names CORS, or the failed request (Copy as cURL). Without such a line, it is the network, an extension or a certificate.',
  },
];
