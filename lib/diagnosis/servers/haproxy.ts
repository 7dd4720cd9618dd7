import { doubleQuoted, headersOf, isOpen, type ServerKind } from './server.js';

const ORIGIN = '%[var(txn.cors_origin)]';
const IF_ALLOWED = ' if cors_allowed';

/** HAProxy in front of something without CORS. */
export const haproxy: ServerKind = {
  title: 'HAProxy',
  versions: 'HAProxy 2.2 to 3.2',
  documentation: 'https://docs.haproxy.org/2.6/configuration.html#4.2-http-after-response',
  isProxy: true,
  change(setting) {
    const open = isOpen(setting);
    const condition = open ? '' : IF_ALLOWED;
    return [
      '# in the frontend, before its other http-request lines; in place of your lines for',
      '# Access-Control-Allow-…',
      ...(open
        ? []
        : [
            '# one more value for each of your other origins',
            `acl cors_origin req.hdr(Origin) -m str ${setting.origins.join(' ')}`,
            'http-request set-var(txn.cors_origin) req.hdr(Origin) if cors_origin',
            'acl cors_allowed var(txn.cors_origin) -m found',
          ]),
      'acl cors_preflight req.hdr(Access-Control-Request-Method) -m found',
      `http-request return status 204 if METH_OPTIONS cors_preflight${open ? '' : ' cors_origin'}`,
      // After the response: error pages of its own count as well.
      ...headersOf(setting, ORIGIN).map(
        ([name, value]) =>
          `http-after-response set-header ${name} ${/[ ,]/.test(value) ? doubleQuoted(value) : value}${condition}`,
      ),
      ...(setting.credentials
        ? []
        : [`http-after-response del-header Access-Control-Allow-Credentials${condition}`]),
      ...(open ? [] : ['http-after-response add-header Vary Origin']),
    ];
  },
  oneLayer: [
    '# before the lines that add them, if HAProxy is to send them; otherwise remove those lines',
    'http-response del-header Access-Control-Allow-Origin',
    'http-response del-header Access-Control-Allow-Credentials',
  ],
};
