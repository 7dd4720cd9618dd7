import { type EdgeMode, headOf } from '../edge-target.js';
import type { EdgePlan } from '../plan/plan-edge.js';
import { PREFLIGHT_HEADERS, RESPONSE_HEADERS } from './answer-maps.js';

/** What stands in `server`. */
export function serverText(plan: EdgePlan, mode: EdgeMode): string {
  const head = headOf(plan, 'nginx', mode, [
    'Include it in `server`, and in each `location` that has an `add_header` of its own: nginx inherits none there.',
  ]);
  const isAnswer = mode === 'answer';
  const headers = Object.entries({
    ...RESPONSE_HEADERS,
    ...(isAnswer ? PREFLIGHT_HEADERS : {}),
  });
  const lines = [
    ...head,
    '',
    '# A header without a value is not sent. `always`: on errors, too.',
    ...headers.map(([name, variable]) => `add_header ${name} ${variable} always;`),
    ...(isAnswer ? ANSWER : []),
  ];
  return `${lines.join('\n')}\n`;
}

const ANSWER = [
  '',
  "# The upstream's own are taken off; where nothing is touched, they are written again above.",
  '# A `proxy_hide_header` in a `location` takes these away: repeat them there.',
  'proxy_hide_header Access-Control-Allow-Origin;',
  'proxy_hide_header Access-Control-Allow-Credentials;',
  'proxy_hide_header Access-Control-Expose-Headers;',
  'proxy_hide_header Timing-Allow-Origin;',
  '',
  '# Preflights are answered here.',
  'if ($cors_status = 204) {',
  '    return 204;',
  '}',
  'if ($cors_status = 403) {',
  '    return 403 "";',
  '}',
];

/** A whole configuration: `nginx -p DIR/example -c nginx.conf`. */
export function exampleText(plan: EdgePlan, mode: EdgeMode): string {
  const { basePath } = plan.tables;
  const head = headOf(plan, 'nginx', mode, [
    'A whole nginx in front of an application on port 3000: `nginx -p DIR/example -c nginx.conf`.',
  ]);
  const location =
    basePath === ''
      ? ['        location / {', '            proxy_pass http://application;']
      : [
          `        location ${basePath}/ {`,
          '            # What follows the base path, as it was sent: CORS is decided on that. With `/` in place',
          '            # of the variables, nginx would decode it and join slashes.',
          '            proxy_pass http://application$cors_path$is_args$args;',
        ];
  return `${[
    ...head,
    '',
    'worker_processes 1;',
    'pcre_jit on;',
    'pid nginx.pid;',
    'error_log error.log;',
    '',
    'events {',
    '    worker_connections 1024;',
    '}',
    '',
    'http {',
    '    access_log off;',
    '    large_client_header_buffers 4 16k;',
    '    client_body_temp_path client_body_temp;',
    '    proxy_temp_path proxy_temp;',
    '    fastcgi_temp_path fastcgi_temp;',
    '    uwsgi_temp_path uwsgi_temp;',
    '    scgi_temp_path scgi_temp;',
    '',
    '    include ../cors-http.conf;',
    '',
    '    upstream application {',
    '        server 127.0.0.1:3000;',
    '        keepalive 16;',
    '    }',
    '',
    '    server {',
    '        listen 127.0.0.1:8080;',
    '        include ../cors-server.conf;',
    '',
    ...location,
    '            proxy_http_version 1.1;',
    '            proxy_set_header Connection "";',
    '            proxy_set_header Host $host;',
    '        }',
    '    }',
    '}',
  ].join('\n')}\n`;
}
