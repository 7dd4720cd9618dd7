import type { RealBrowserName } from '../browsers/browser-name.js';
import type { BodyKind, EmbeddingCase } from './embedding-case.js';

type Answer = EmbeddingCase['answer'];

const CORP = 'Cross-Origin-Resource-Policy';
const OPEN = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'PUT' };
const NOSNIFF = { 'X-Content-Type-Options': 'nosniff' };

const TYPES: Readonly<Record<BodyKind, string>> = {
  png: 'image/png',
  js: 'text/javascript',
  html: 'text/html',
  json: 'application/json',
  css: 'text/css',
  text: 'text/plain',
};

function answer(body: BodyKind, headers: Answer['headers'] = {}, status = 200): Answer {
  return { status, headers: { 'Content-Type': TYPES[body], ...headers }, body };
}

/** A page of this computer that fetches a style sheet of another origin of its own site. */
const BASE = {
  page: 'local',
  load: { mode: 'no-cors' },
  scheme: 'http',
  host: 'localhost',
  target: 'loopback',
  answer: answer('css'),
} as const satisfies Partial<EmbeddingCase>;

/** Cross-Origin-Resource-Policy, and the page's Cross-Origin-Embedder-Policy. */
function* resourcePolicies(): Generator<EmbeddingCase> {
  const policies = [null, 'same-origin', 'same-site', 'cross-origin', 'Same-Origin', 'none', ''];
  for (const host of ['localhost', '127.0.0.1']) {
    for (const policy of [...policies, 'same-origin, cross-origin']) {
      for (const embedderPolicy of ['unsafe-none', 'require-corp', 'credentialless'] as const) {
        for (const credentials of ['omit', 'include'] as const) {
          yield {
            ...BASE,
            title: `${host}, CORP ${policy}, COEP ${embedderPolicy}, credentials ${credentials}`,
            load: { mode: 'no-cors', embedderPolicy, credentials },
            host,
            answer: answer('css', policy === null ? {} : { [CORP]: policy }),
          };
        }
      }
    }
  }
  for (const destination of ['image', 'script', 'style'] as const) {
    const body = destination === 'image' ? 'png' : destination === 'script' ? 'js' : 'css';
    for (const policy of ['same-origin', 'cross-origin']) {
      yield {
        ...BASE,
        title: `${destination} with CORP ${policy}`,
        load: { mode: 'no-cors', destination },
        answer: answer(body, { [CORP]: policy }),
      };
    }
  }
  yield {
    ...BASE,
    title: 'CORS with CORP same-origin',
    load: { mode: 'cors', embedderPolicy: 'require-corp' },
    answer: answer('json', { ...OPEN, [CORP]: 'same-origin' }),
  };
}

/** Opaque Response Blocking; the body is such that it would be taken without. */
function* opaqueResponses(): Generator<EmbeddingCase> {
  const types = [
    'text/html',
    'application/json',
    'application/vnd.api+json',
    'application/xml',
    'application/rss+xml',
    'text/plain',
    'image/png',
    'application/octet-stream',
  ];
  for (const type of types) {
    yield {
      ...BASE,
      title: `an image as ${type}, nosniff`,
      load: { mode: 'no-cors', destination: 'image' },
      answer: answer('png', { 'Content-Type': type, ...NOSNIFF }),
    };
  }
  for (const type of [
    'application/zip',
    'application/gzip',
    'multipart/signed',
    'text/event-stream',
  ]) {
    yield {
      ...BASE,
      title: `a script as ${type}`,
      load: { mode: 'no-cors', destination: 'script' },
      answer: answer('js', { 'Content-Type': type }),
    };
  }
  for (const body of ['html', 'json', 'js', 'css'] as const) {
    yield {
      ...BASE,
      title: `a script that is ${body}`,
      load: { mode: 'no-cors', destination: 'script' },
      answer: answer(body),
    };
    yield { ...BASE, title: `fetch() of ${body}`, answer: answer(body, NOSNIFF) };
  }
  yield {
    ...BASE,
    title: 'an image with status 404',
    load: { mode: 'no-cors', destination: 'image' },
    answer: answer('png', {}, 404),
  };
  for (const [range, title] of [
    ['bytes 0-69/700', 'the beginning'],
    ['bytes 70-139/700', 'the middle'],
  ] as const) {
    yield {
      ...BASE,
      title: `an image that is ${title} of one`,
      load: { mode: 'no-cors', destination: 'image' },
      answer: answer('png', { 'Content-Range': range }, 206),
    };
  }
}

/** What an https page requests over http. */
function* mixedContent(): Generator<EmbeddingCase> {
  const page = 'secure';
  const loads = [
    [{ mode: 'cors' }, answer('text', OPEN)],
    [{ mode: 'no-cors' }, answer('text')],
    [{ mode: 'no-cors', destination: 'image' }, answer('png')],
    [{ mode: 'no-cors', destination: 'script' }, answer('js')],
    [{ mode: 'no-cors', destination: 'style' }, answer('css')],
  ] as const;
  for (const [host, target] of [
    ['localhost', 'loopback'],
    ['127.0.0.1', 'loopback'],
    ['api.test', 'loopback'],
    ['api.local', 'local'],
    ['192.168.7.7', 'local'],
    ['93.184.216.34', 'loopback'],
  ] as const) {
    for (const [load, given] of loads) {
      const title = `http://${host}, ${JSON.stringify(load)}`;
      yield { ...BASE, title, page, load, host, target, answer: given };
    }
  }
  for (const targetAddressSpace of ['local', 'loopback', 'public'] as const) {
    yield {
      ...BASE,
      title: `http://api.test, which the page says is ${targetAddressSpace}`,
      page,
      load: { mode: 'cors', targetAddressSpace },
      host: 'api.test',
      answer: answer('text', OPEN),
    };
  }
  for (const [load, given] of loads) {
    const title = `http at a port of https, ${JSON.stringify(load)}`;
    yield { ...BASE, title, page, load, host: 'api.test', upgradable: true, answer: given };
  }
  yield {
    ...BASE,
    title: 'a redirect to http',
    page,
    load: { mode: 'cors' },
    scheme: 'https',
    host: 'api.test',
    answer: answer('text', { ...OPEN, Location: 'http://api.test:{loopback}/away' }, 302),
  };
}

/** What a page of elsewhere requests of this computer, or of the local network. */
function* localNetwork(): Generator<EmbeddingCase> {
  for (const page of ['public', 'public and secure', 'public and insecure', 'local'] as const) {
    for (const localNetworkPermission of ['granted', 'denied'] as const) {
      for (const target of ['loopback', 'local'] as const) {
        const from = `${page} page, ${localNetworkPermission}, ${target} server`;
        const base = {
          ...BASE,
          page,
          target,
          host: 'api.test',
          scheme: page === 'public and secure' ? 'https' : 'http',
        } as const;
        yield {
          ...base,
          title: `${from}: a GET`,
          load: { mode: 'cors', localNetworkPermission },
          answer: answer('text', OPEN),
        };
        yield {
          ...base,
          title: `${from}: a PUT`,
          load: { mode: 'cors', method: 'PUT', localNetworkPermission },
          answer: answer('text', OPEN),
        };
        yield {
          ...base,
          title: `${from}: a response without CORS`,
          load: { mode: 'cors', localNetworkPermission },
          answer: answer('text'),
        };
        yield {
          ...base,
          title: `${from}: an image`,
          load: { mode: 'no-cors', destination: 'image', localNetworkPermission },
          answer: answer('png'),
        };
        yield {
          ...base,
          title: `${from}: a page that says local`,
          load: { mode: 'cors', targetAddressSpace: 'local', localNetworkPermission },
          answer: answer('text', OPEN),
        };
      }
    }
  }
}

/** All of them; the same every time. */
export function embeddingCases(): readonly EmbeddingCase[] {
  return [...resourcePolicies(), ...opaqueResponses(), ...mixedContent(), ...localNetwork()];
}

/** Which names a browser can be made to find on this computer. */
const HOSTS: Readonly<Record<RealBrowserName, RegExp>> = {
  chromium: /./,
  firefox: /^(?:localhost|127\.0\.0\.1|.*\.test|.*\.local)$/,
  webkit: /^(?:localhost|127\.0\.0\.1)$/,
};

/** Whether a browser can be brought into the situation of a case. */
export function runsIn(name: RealBrowserName, { host, page }: EmbeddingCase): boolean {
  if (name === 'webkit' && page.startsWith('public')) return false;
  return HOSTS[name].test(host);
}
