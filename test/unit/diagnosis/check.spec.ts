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
