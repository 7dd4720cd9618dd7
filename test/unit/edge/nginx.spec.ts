import { nginx } from '../../../lib/edge/nginx/nginx.js';
import type { EdgeMode } from '../../../lib/edge/edge-target.js';
import type { CorsPolicyFile } from '../../../lib/policy-file/policy-file.js';
import { optionsInFile } from '../../support/policy-files.js';
import { DIGEST, edgeFile, planOf, route } from './files.js';

async function textsOf(file: CorsPolicyFile, mode: EdgeMode, basePath = '') {
  const files = nginx.files(await planOf(file, { basePath, preflights: mode === 'answer' }), mode);
  return Object.fromEntries(files.map(({ path, text }) => [path, text]));
}

describe('the configuration of nginx', () => {
  it('begins with the digest, the routes, and what is left to the application', async () => {
    const file = edgeFile({
      policies: { f: optionsInFile({ origin: { function: 'isPartner' } }) },
      routes: [route('GET', '/a', { policy: 'f', handler: 'C.a\n}' })],
    });
    const { 'cors-http.conf': text } = await textsOf(file, 'fill');
    expect(text?.split('\n').slice(0, 6)).toEqual([
      '# CORS for nginx, written by `npx nestjs-cors edge nginx --mode fill`: do not edit it.',
      `# Policy: sha256 ${DIGEST}`,
      '# Routes: 1. Left to the application: 1',
      '# - GET /a (C.a\\u000A}): isPartner decides at run time, written in forRoot().',
      '# Include it in `http`, and cors-server.conf in `server`.',
      '',
    ]);
  });

  it('has a place of its own for paths that are left to the application, not that of odd ones', async () => {
    const file = edgeFile({
      policies: { f: optionsInFile({ origin: { function: 'isPartner' } }) },
      platform: { name: 'fastify', router: { useSemicolonDelimiter: true } },
      paths: { '/*': 'f', '/b': false },
    });
    const { 'cors-http.conf': text = '' } = await textsOf(file, 'answer');
    expect(text).toMatch(/"~;" +guard1;/);
  });

  it.each<[EdgeMode, readonly string[]]>([
    [
      'fill',
      [
        'add_header Access-Control-Allow-Origin $cors_allow_origin always;',
        'add_header Access-Control-Allow-Credentials $cors_allow_credentials always;',
        'add_header Access-Control-Expose-Headers $cors_expose_headers always;',
        'add_header Timing-Allow-Origin $cors_timing_allow_origin always;',
        'add_header Vary $cors_vary always;',
      ],
    ],
    [
      'answer',
      [
        'add_header Access-Control-Allow-Origin $cors_allow_origin always;',
        'add_header Access-Control-Allow-Credentials $cors_allow_credentials always;',
        'add_header Access-Control-Expose-Headers $cors_expose_headers always;',
        'add_header Timing-Allow-Origin $cors_timing_allow_origin always;',
        'add_header Vary $cors_vary always;',
        'add_header Access-Control-Allow-Methods $cors_allow_methods always;',
        'add_header Access-Control-Allow-Headers $cors_allow_headers always;',
        'add_header Access-Control-Max-Age $cors_max_age always;',
        'proxy_hide_header Access-Control-Allow-Origin;',
        'proxy_hide_header Access-Control-Allow-Credentials;',
        'proxy_hide_header Access-Control-Expose-Headers;',
        'proxy_hide_header Timing-Allow-Origin;',
        'if ($cors_status = 204) {',
        '    return 204;',
        '}',
        'if ($cors_status = 403) {',
        '    return 403 "";',
        '}',
      ],
    ],
  ])('has in `server`, in the mode %s', async (mode, lines) => {
    const { 'cors-server.conf': text = '' } = await textsOf(edgeFile(), mode);
    expect(text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))).toEqual(lines);
  });

  it.each<EdgeMode>(['fill', 'answer'])(
    'has every variable that it uses, once: %s',
    async (mode) => {
      const file = edgeFile({
        policies: { any: optionsInFile({ origin: '*', exposedHeaders: ['x-$a'] }) },
        routes: [route('GET', '/a/:id'), route('PUT', '/b/c', { policy: 'any' })],
        paths: { '/files/*': 'any' },
        platform: { name: 'fastify', router: {} },
      });
      const texts = await textsOf(file, mode, '/api');
      const all = Object.values(texts).join('\n');
      const used = new Set(all.match(/\$\{?cors_\w+/g)?.map((name) => name.replace('{', '')));
      const made = Array.from(
        all.matchAll(/^(?:map \S.* |geo )(\$cors_\w+) \{$/gm),
        ([, name = '']) => name,
      );
      expect(made.toSorted()).toEqual([...used].toSorted());
    },
  );

  it('writes a dollar sign as a variable, and other signs as they are', async () => {
    const exposedHeaders = ["x-$1'`|~#%&*+!^"];
    const file = edgeFile({ policies: { 'forRoot()': optionsInFile({ exposedHeaders }) } });
    const { 'cors-http.conf': text } = await textsOf(file, 'answer');
    expect(text).toContain('geo $cors_dollar {\n    default "$";\n}\n');
    expect(text).toContain('"x-${cors_dollar}1\'`|~#%&*+!^";');
  });

  it('escapes what quotes would end', async () => {
    const source = '^https:\\/\\/a["\\\\]\\x22?\\.example\\.com$';
    const file = edgeFile({
      policies: { 'forRoot()': optionsInFile({ origin: [{ source, flags: '' }] }) },
    });
    const { 'cors-http.conf': text } = await textsOf(file, 'answer');
    expect(text).toContain('"~^https://a[\\"\\\\\\]\\"?\\.example\\.com$" 1; # /');
  });

  it('is the same each time, and names no folder', async () => {
    const file = edgeFile({ routes: [route('GET', '/a/:id')] });
    const [one, other] = [await textsOf(file, 'answer'), await textsOf(file, 'answer')];
    expect(one).toEqual(other);
    expect(Object.values(one).join('\n')).not.toContain(process.cwd());
  });
});
