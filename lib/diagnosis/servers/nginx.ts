import { quoted, type ServerKind, type Setting } from './server.js';

/** Has no `add_header`: a single one would cancel all inherited ones. */
const ANSWER_OPTIONS = ["if ($request_method = 'OPTIONS') {", '    return 204;', '}'];

/** nginx that serves content itself, or in front of something without CORS. */
export const nginx: ServerKind = {
  title: 'nginx',
  setting(setting) {
    const { origin, unanswered } = setting;
    const headers = headersOf(setting);
    const lines = headers.map(([name, value]) => `add_header ${name} ${value} always;`);
    if (origin === undefined) return lines;
    return [
      '# in http { }, one line for each origin',
      'map $http_origin $cors_origin {',
      `    ${quoted(origin)} $http_origin;`,
      '}',
      '# in location { }',
      ...lines,
      ...(unanswered === undefined ? [] : ANSWER_OPTIONS),
    ];
  },
  preflight: ['# in location { }; it comes before auth_basic and proxy_pass', ...ANSWER_OPTIONS],
  oneLayer: [
    '# in location { }, if nginx is to send them',
    'proxy_hide_header Access-Control-Allow-Origin;',
    'proxy_hide_header Access-Control-Allow-Credentials;',
  ],
};

/** By default it allows nothing. */
function headersOf({
  origin,
  credentials,
  unanswered,
  methods = unanswered?.methods,
  allowedHeaders = unanswered?.headers,
}: Setting) {
  const headers: (readonly [name: string, value: string])[] = [];
  if (origin !== undefined) {
    headers.push(['Access-Control-Allow-Origin', '$cors_origin'], ['Vary', 'Origin']);
  }
  if (credentials === true) headers.push(['Access-Control-Allow-Credentials', 'true']);
  if (methods !== undefined)
    headers.push(['Access-Control-Allow-Methods', quoted(methods.join(', '))]);
  if (allowedHeaders !== undefined && allowedHeaders.length > 0) {
    headers.push(['Access-Control-Allow-Headers', quoted(allowedHeaders.join(', '))]);
  }
  return headers;
}
