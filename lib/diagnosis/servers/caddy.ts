import { doubleQuoted, headersOf, isOpen, type ServerKind, type Setting } from './server.js';

/** Caddy that serves content itself, or in front of something without CORS. */
export const caddy: ServerKind = {
  title: 'Caddy',
  versions: 'Caddy 2.6 to 2.10',
  documentation: 'https://caddyserver.com/docs/caddyfile/directives/header',
  isProxy: true,
  signs: [
    { header: 'server', value: /^Caddy/i },
    { header: 'via', value: /\bCaddy\b/i },
  ],
  change(setting) {
    const open = isOpen(setting);
    const headers = headersOf(setting, '{http.request.header.Origin}').map(
      ([name, value]) => `    ${name} ${doubleQuoted(value)}`,
    );
    return [
      '# in the site block, in place of your header lines for Access-Control-Allow-…; one more line for each',
      '# of your other origins',
      ...(open ? [] : ['@cors {', ...originLines(setting), '}']),
      // Set at once, for error pages of its own; and again at the end, over what an application sends.
      open ? 'header {' : 'header @cors {',
      ...headers,
      '}',
      open ? 'header {' : 'header @cors {',
      ...headers.filter((line) => !/-(?:Methods|Headers) /.test(line)),
      '    defer',
      '}',
      ...(open ? [] : ['header +Vary Origin']),
      '@preflight {',
      '    method OPTIONS',
      '    header Access-Control-Request-Method *',
      ...(open ? [] : originLines(setting)),
      '}',
      'respond @preflight 204',
      ...(setting.guarded
        ? [
            '# basic_auth comes first: give yours this matcher (basic_auth @guarded { … })',
            '@guarded not method OPTIONS',
          ]
        : []),
    ];
  },
  oneLayer: [
    '# in reverse_proxy { }, if Caddy is to send them; otherwise remove its header lines',
    'header_down -Access-Control-Allow-Origin',
    'header_down -Access-Control-Allow-Credentials',
  ],
};

function originLines({ origins }: Setting): readonly string[] {
  return origins.map((origin) => `    header Origin ${origin}`);
}
