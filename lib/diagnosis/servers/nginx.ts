import { doubleQuoted, headersOf, isOpen, type ServerKind } from './server.js';

/** nginx that serves content itself, or in front of something without CORS. */
export const nginx: ServerKind = {
  title: 'nginx',
  versions: 'nginx 1.18 to 1.29',
  documentation: 'https://nginx.org/en/docs/http/ngx_http_headers_module.html',
  isProxy: true,
  signs: [{ header: 'server', value: /^(?:nginx|openresty)/i }],
  change: (setting) => [
    ...(isOpen(setting)
      ? []
      : [
          '# in http { }, one more line for each of your other origins',
          'map $http_origin $cors_origin {',
          ...setting.origins.map((origin) => `    ${doubleQuoted(origin)} $http_origin;`),
          '}',
        ]),
    '# in server { } or location { }, in place of your add_header lines for Access-Control-Allow-…. A block',
    '# with add_header inherits none, so put them where your other add_header lines are, which stay',
    'proxy_hide_header Access-Control-Allow-Origin;',
    'proxy_hide_header Access-Control-Allow-Credentials;',
    ...headersOf(setting, '$cors_origin').map(
      ([name, value]) =>
        `add_header ${name} ${/[ ,]/.test(value) ? doubleQuoted(value) : value} always;`,
    ),
    ...(isOpen(setting) ? [] : ['add_header Vary Origin always;']),
    // Without `add_header`: a single one would cancel all inherited ones. It comes before auth_basic.
    "if ($request_method = 'OPTIONS') {",
    '    return 204;',
    '}',
  ],
  oneLayer: [
    '# in location { }, if nginx is to send them; otherwise remove its add_header lines',
    'proxy_hide_header Access-Control-Allow-Origin;',
    'proxy_hide_header Access-Control-Allow-Credentials;',
  ],
};
