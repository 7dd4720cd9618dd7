// Proxies of Debian: in front of an upstream without CORS, and in front of one with it.
import { join } from 'node:path';

const PAGE = 'https://app.example.com';
const OTHER = 'https://other.example';
const METHODS = 'GET, PUT';
/** Where the upstream has a CORS layer of its own. */
export const OPEN = '/open/orders';

/** Lines that a server has before the change; those about CORS are replaced by the change. */
function lines(write, preflight) {
  const headers = (origin, more = {}) =>
    Object.entries({ 'Access-Control-Allow-Origin': origin, ...more }).map(([name, value]) =>
      write(name, value),
    );
  const allowed = (more) => [
    ...headers(PAGE, { 'Access-Control-Allow-Credentials': 'true', ...more }),
    ...preflight,
  ];
  const lists = {
    'Access-Control-Allow-Methods': METHODS,
    'Access-Control-Allow-Headers': 'x-request-id',
  };
  return {
    silent: '',
    get: '',
    origin: [...headers(OTHER, lists), ...preflight].join('\n'),
    credentials: [...headers(PAGE, lists), ...preflight].join('\n'),
    wildcard: [...headers('*', lists), ...preflight].join('\n'),
    methods: allowed({ ...lists, 'Access-Control-Allow-Methods': 'GET' }).join('\n'),
    headers: allowed({ ...lists, 'Access-Control-Allow-Headers': 'x-other' }).join('\n'),
    guarded: '',
    doubled: headers('*').join('\n'),
  };
}

export const nginx = {
  server: 'nginx',
  recognised: true,
  apt: ['nginx-light'],
  states: lines(
    (name, value) => `add_header ${name} "${value}" always;`,
    ["if ($request_method = 'OPTIONS') {", 'return 204;', '}'],
  ),
  guard: 'auth_basic x; auth_basic_user_file passwords;',
  // Above `# in server { }` it belongs into http { }.
  apply(code, earlier, guard, state) {
    if (state === 'doubled') return { layer: [earlier, ...code].join('\n') };
    const split = code.findIndex((line) => line.startsWith('# in server { }'));
    return {
      http: code.slice(0, split).join('\n'),
      layer: code.slice(split).join('\n'),
      after: guard,
    };
  },
  start: (port, { http = '', before, layer, after, upstream }, folder) => ({
    files: {
      passwords: 'x:x\n',
      'nginx.conf': `
daemon off;
pid ${join(folder, 'nginx.pid')};
error_log stderr;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${join(folder, name)};`).join('\n  ')}
  ${http}
  server {
    listen 127.0.0.1:${port};
    add_header X-Frame-Options DENY always;
    ${layer}
    location / {
      ${before}
      ${after}
      proxy_pass http://127.0.0.1:${upstream};
    }
  }
}
`,
    },
    command: ['nginx', '-c', join(folder, 'nginx.conf'), '-e', 'stderr'],
  }),
};

export const apache = {
  server: 'apache',
  recognised: true,
  apt: ['apache2'],
  states: lines(
    (name, value) => `Header always set ${name} "${value}"`,
    ['RewriteEngine On', 'RewriteCond %{REQUEST_METHOD} =OPTIONS', 'RewriteRule ^ - [R=204,L]'],
  ),
  guard: `<Location />
  AuthType Basic
  AuthName x
  AuthUserFile passwords
  Require valid-user
</Location>`,
  apply: added,
  start: (port, { before, layer, after, upstream }, folder) => ({
    files: {
      passwords: 'x:x\n',
      'apache.conf': `
ServerRoot ${folder}
ServerName localhost
PidFile apache.pid
Listen 127.0.0.1:${port}
User www-data
ErrorLog errors.log
${['mpm_event', 'authz_core', 'authz_user', 'authn_core', 'authn_file', 'auth_basic', 'headers', 'rewrite', 'setenvif', 'proxy', 'proxy_http'].map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join('\n')}
<VirtualHost *>
Header always set X-Frame-Options DENY
${before}
${layer}
${after}
ProxyPass / http://127.0.0.1:${upstream}/
</VirtualHost>
`,
    },
    command: ['apache2', '-X', '-f', join(folder, 'apache.conf')],
  }),
};

export const caddy = {
  server: 'caddy',
  recognised: true,
  apt: ['caddy'],
  states: lines(
    (name, value) => `header ${name} "${value}"`,
    ['@options method OPTIONS', 'respond @options 204'],
  ),
  // The hash of `x`. The matcher is what the change asks for.
  guard: `basicauth {
  x $2a$14$iGtAMyZJ/JjWXQBtyUio/uVeaSDqbcJtcsUTf1an24U4Q4t1ELY0u
}`,
  apply(code, earlier, guard, state) {
    if (state === 'doubled') return { layer: earlier, proxy: code.join('\n') };
    const isNamed = code.some((line) => line.startsWith('@guarded'));
    return {
      layer: code.join('\n'),
      after: isNamed ? guard.replace('basicauth {', 'basicauth @guarded {') : guard,
    };
  },
  start: (port, { before, layer, after, upstream, proxy = '' }, folder) => ({
    files: {
      Caddyfile: `
{
  admin off
  auto_https off
}
http://127.0.0.1:${port} {
  header X-Frame-Options DENY
  ${before}
  ${layer}
  ${after}
  reverse_proxy 127.0.0.1:${upstream} {
    ${proxy}
  }
}
`,
    },
    command: ['caddy', 'run', '--config', 'Caddyfile'],
    env: { HOME: folder },
  }),
};

export const haproxy = {
  server: 'haproxy',
  apt: ['haproxy'],
  states: lines(
    (name, value) => `http-after-response add-header ${name} "${value}"`,
    ['http-request return status 204 if METH_OPTIONS'],
  ),
  guard: 'http-request auth unless { http_auth(users) }',
  // The change must come before the line that adds it.
  apply: (code, earlier, guard, state) =>
    state === 'doubled'
      ? { layer: [...code, earlier].join('\n') }
      : { layer: code.join('\n'), after: guard },
  start: (port, { before, layer, after, upstream }, folder) => ({
    files: {
      'haproxy.cfg': `
userlist users
  user x insecure-password x
defaults
  mode http
  timeout connect 5s
  timeout client 5s
  timeout server 5s
frontend web
  bind 127.0.0.1:${port}
  http-after-response set-header X-Frame-Options DENY
  ${before}
  ${layer}
  ${after}
  default_backend api
backend api
  server one 127.0.0.1:${upstream}
`,
    },
    command: ['haproxy', '-f', join(folder, 'haproxy.cfg')],
  }),
};

function added(code, earlier, guard, state) {
  return state === 'doubled'
    ? { layer: [earlier, ...code].join('\n') }
    : { layer: code.join('\n'), after: guard };
}
