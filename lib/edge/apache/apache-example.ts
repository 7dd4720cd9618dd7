import type { EdgeTables } from '../tables.js';

/** Where Debian has the modules. */
const MODULES = '/usr/lib/apache2/modules';

/** A whole configuration: the application at port 3000, Apache at port 8080. */
export function apacheExample({ basePath }: EdgeTables): string {
  const modules = [
    'mpm_event',
    'authz_core',
    'headers',
    'rewrite',
    'setenvif',
    'proxy',
    'proxy_http',
  ].map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`);
  return `${modules.join('\n')}

ServerName localhost
User www-data
Group www-data
PidFile httpd.pid
ErrorLog error.log
TraceEnable off
Listen 127.0.0.1:8080

<VirtualHost *:8080>
  # Requests reach the application as they are sent.
  AllowEncodedSlashes NoDecode
  MergeSlashes off
  LimitRequestFieldSize 16384
  ProxyPreserveHost on
  ProxyPass ${basePath === '' ? '/' : basePath} http://127.0.0.1:3000${basePath === '' ? '/' : ''} nocanon

  Include ../cors.conf
</VirtualHost>
`;
}
