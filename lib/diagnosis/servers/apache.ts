import { doubleQuoted, escapedOrigin, headersOf, isOpen, type ServerKind } from './server.js';

/** What an application behind it sends is in another table, and would be sent as well. */
const FROM_BEHIND = ['Access-Control-Allow-Origin', 'Access-Control-Allow-Credentials'];

/** Apache that serves content itself, or in front of something without CORS. */
export const apache: ServerKind = {
  title: 'Apache',
  versions: 'Apache 2.4',
  documentation: 'https://httpd.apache.org/docs/2.4/mod/mod_headers.html',
  isProxy: true,
  signs: [{ header: 'server', value: /^Apache(?:\/|$)/i }],
  change(setting) {
    const open = isOpen(setting);
    const condition = open ? '' : ' env=CORS_ORIGIN';
    return [
      '# a2enmod headers rewrite setenvif; in <VirtualHost>, where it comes before authentication, and in',
      '# place of your Header lines for Access-Control-Allow-…',
      ...(open
        ? []
        : [
            '# one more SetEnvIf for each of your other origins',
            ...setting.origins.map(
              (origin) => `SetEnvIf Origin "^${escapedOrigin(origin)}$" CORS_ORIGIN=$0`,
            ),
          ]),
      ...FROM_BEHIND.map((name) => `Header onsuccess unset ${name}${condition}`),
      ...headersOf(setting, '%{CORS_ORIGIN}e').map(
        ([name, value]) => `Header always set ${name} ${doubleQuoted(value)}${condition}`,
      ),
      ...(open ? [] : ['Header always merge Vary Origin']),
      'RewriteEngine On',
      'RewriteCond %{REQUEST_METHOD} =OPTIONS',
      'RewriteCond %{HTTP:Access-Control-Request-Method} .',
      'RewriteRule ^ - [R=204,L]',
    ];
  },
  oneLayer: [
    '# if Apache is to send them; otherwise remove its Header lines',
    ...FROM_BEHIND.map((name) => `Header onsuccess unset ${name}`),
  ],
};
