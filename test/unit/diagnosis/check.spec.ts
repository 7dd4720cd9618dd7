import {
  type ReceivedResponse,
  simulate,
  type SimulateOptions,
} from '../../../lib/browser/index.js';
import { check, conclude } from '../../../lib/diagnosis/check.js';
import { network, response, visit } from '../browser/network.js';
import { checkArguments } from './check-arguments.js';

type Options = Partial<Omit<SimulateOptions, 'send'>>;
const LOCAL = { page: 'public', target: 'local' } as const;
const open = response(200, { 'access-control-allow-origin': '*' });
const redirect = (location: string | string[]) =>
  response(302, { 'access-control-allow-origin': '*', location });

describe('conclude', () => {
  it.each<[string, (ReceivedResponse | Error)[], Options, string, number]>([
    ['a response that is shared', [open], {}, 'allowed', 0],
    ["the page's own origin", [response(200)], { url: '/x' }, 'allowed', 0],
    ['a response that is not shared', [response(200)], {}, 'blocked', 1],
    ['a method that browsers do not send', [], { method: 'TRACE' }, 'blocked', 1],
    ['a port that browsers do not use', [], { url: 'https://api.example.com:6000/' }, 'blocked', 1],
    ['mixed content', [], { url: 'http://api.example.com/' }, 'blocked', 1],
    ['a permission that the user gives', [open], { addressSpaces: LOCAL }, 'allowed', 0],
    [
      'a permission that the user refuses',
      [],
      { addressSpaces: LOCAL, localNetworkPermission: 'denied' },
      'blocked',
      1,
    ],
    ['a permission that does not help', [response(200)], { addressSpaces: LOCAL }, 'blocked', 1],
    ['no answer', [], {}, 'unknown', 2],
    ['a redirect to nowhere', [redirect(['/a', '/b'])], {}, 'unknown', 2],
    ['a redirect loop', Array.from({ length: 21 }, () => redirect('/x')), {}, 'unknown', 2],
  ])('%s', async (_, answers, options, verdict, exitCode) => {
    const simulation = await visit({ ...options, send: network(...answers).send });
    expect(conclude(simulation)).toEqual({ verdict, exitCode });
  });

  it('is about a page over http as well', async () => {
    const simulation = await simulate({
      pageOrigin: 'http://app.example.com',
      url: 'http://api.example.com/',
      send: network(open).send,
    });
    expect(conclude(simulation)).toEqual({ verdict: 'allowed', exitCode: 0 });
  });
});

describe('check', () => {
  /** What it says of a server of which only the addresses matter. */
  async function permissionFor(url: string, addresses: readonly string[], origin?: string) {
    const asked: string[] = [];
    const { simulation, conclusion, warnings } = await check(
      checkArguments({ url, ...(origin !== undefined && { origin }) }),
      () => Promise.resolve(open),
      (name) => {
        asked.push(name);
        return Promise.resolve(addresses);
      },
    );
    const ids = warnings.filter(({ level }) => level === 'warning').map(({ id }) => id);
    return { permission: simulation.permission, exitCode: conclusion.exitCode, ids, asked };
  }

  it.each([
    ['a public address', ['93.184.216.34'], null],
    ['an address of the local network', ['192.168.1.4'], 'local-network'],
    ['several, one of them local', ['93.184.216.34', '2001:db8::1', '10.0.0.1'], 'local-network'],
    ['several, one of them this computer', ['10.0.0.1', '::1'], 'loopback-network'],
    ['none', [], null],
  ])('knows from a name with %s who is asked', async (_, addresses, permission) => {
    const url = 'https://api.example.com/orders';
    expect(await permissionFor(url, addresses)).toEqual({
      permission,
      exitCode: 0,
      ids: permission === null ? [] : ['LOCAL_NETWORK_PERMISSION'],
      asked: [url],
    });
  });

  it.each([
    ['http://127.0.0.1:3000/', 'loopback-network'],
    ['https://printer.local/', 'local-network'],
    ['https://[fe80::1]/', 'local-network'],
    ['https://93.184.216.34/', null],
  ])('looks no name up for %s', async (url, permission) => {
    const seen = await permissionFor(url, ['10.0.0.1']);
    expect([seen.permission, seen.asked]).toEqual([permission, []]);
  });

  it.each(['http://localhost:4200', 'http://192.168.1.4'])(
    'asks nobody for a page of %s',
    async (origin) => {
      expect(await permissionFor('http://127.0.0.1:3000/', [], origin)).toEqual({
        permission: null,
        exitCode: 0,
        ids: [],
        asked: [],
      });
    },
  );
});

describe('a login page', () => {
  const login = response(302, { location: 'https://login.example.com/start' });

  it('has no setting that helps, where the request itself is redirected to it', async () => {
    const { cause, change } = await check(checkArguments(), () => Promise.resolve(login));
    expect(cause).toMatch(/^The request was redirected to a login page/);
    expect(change).toBeNull();
  });

  it('has one where it answers the preflight', async () => {
    const { cause, change } = await check(checkArguments({ forcePreflight: true }), () =>
      Promise.resolve(login),
    );
    expect(cause).toMatch(/^OPTIONS is redirected to a login page/);
    expect(change).not.toBeNull();
  });
});

it('warns of no mixed content where the console shows that the request got through', async () => {
  const ids = async (pasted: readonly ['HEADER'] | readonly ['NETWORK']) => {
    const request = checkArguments({ url: 'http://localhost:3000/', browser: 'safari', pasted });
    const { simulation, warnings } = await check(request, () => Promise.resolve(response(200)));
    return [simulation.failedCheck, ...warnings.map(({ id }) => id)];
  };
  expect(await ids(['HEADER'])).toEqual(['ACAO_MISSING']);
  expect(await ids(['NETWORK'])).toEqual(['MIXED_CONTENT']);
});

describe('what answers in place of the server', () => {
  it.each([
    [{ server: 'AirTunes/670.6.2' }, /^On macOS, port 5000/],
    [{ 'ngrok-error-code': 'ERR_NGROK_6024' }, /header `ngrok-skip-browser-warning`/],
    [{ 'ngrok-error-code': 'ERR_NGROK_3200' }, /^ngrok answered itself \(`ERR_NGROK_3200`\)/],
    [{ 'cf-mitigated': 'challenge' }, /^Cloudflare challenged the request/],
    [{ 'x-vercel-mitigated': 'challenge' }, /^Vercel challenged the request/],
  ])('is named, and no setting of the server: %j', async (headers, words) => {
    const { cause, remedy, change } = await check(checkArguments(), () =>
      Promise.resolve(response(403, headers)),
    );
    expect(cause).toMatch(words);
    expect([remedy, change]).toEqual([null, null]);
  });

  it('is not looked for where the response is allowed', async () => {
    const answer = response(200, {
      'access-control-allow-origin': '*',
      'ngrok-error-code': 'ERR_NGROK_3200',
    });
    expect((await check(checkArguments(), () => Promise.resolve(answer))).cause).toBeNull();
  });
});

describe('a server of another site', () => {
  const noteFor = async (url: string, origin: string, status = 200) => {
    const answer = response(status, status === 200 ? {} : { 'access-control-allow-origin': '*' });
    const { warnings } = await check(checkArguments({ url, origin }), () =>
      Promise.resolve(answer),
    );
    return warnings.find(({ id }) => id === 'OTHER_SERVER')?.sentence;
  };

  it.each([
    ['https://api.other.com/x', 'https://app.example.com'],
    ['https://api.other.com/x', 'http://localhost:3000'],
    ['https://a.github.io/x', 'https://b.github.io'],
  ])('may be somebody else: %s for %s', async (url, origin) => {
    const host = new URL(url).hostname;
    expect(await noteFor(url, origin)).toBe(
      `If ${host} is somebody else's server, only they can allow the page: request it from your own server instead, and let the page request that (in development, the proxy of Vite, Angular or webpack). Public CORS proxies see all that passes, keys included.`,
    );
  });

  it.each([
    ['https://api.example.com/x', 'https://app.example.com', 200],
    ['http://localhost:3000/x', 'http://localhost:4200', 200],
    ['https://192.168.1.2/x', 'https://192.168.1.3', 200],
    ['https://api.other.com/x', 'https://app.example.com', 404],
    ['https://api.other.com/x', 'null', 200],
  ])('is no matter for %s and %s, status %i', async (url, origin, status) => {
    expect(await noteFor(url, origin, status)).toBeUndefined();
  });
});
