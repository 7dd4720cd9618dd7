import { BROWSER_NAMES } from '../../../../lib/browser/simulation.js';
import { network, response, visit } from '../network.js';

const open = response(200, { 'access-control-allow-origin': '*' });
const PUBLIC_TO_LOCAL = { page: 'public', target: 'local' } as const;

type Options = Partial<Parameters<typeof visit>[0]>;

async function outcome(options: Options, ...answers: readonly ReturnType<typeof response>[]) {
  const { send, sent } = network(...(answers.length === 0 ? [open, open, open] : answers));
  const { verdict, failedCheck, blockedAt, permission } = await visit({ ...options, send });
  return [verdict, failedCheck, blockedAt, permission, sent.length];
}

describe('a request of a public page to a local address', () => {
  it.each([
    ['chromium', ['needs-permission', null, null, 'local-network', 1]],
    ['firefox', ['needs-permission', null, null, 'local-network', 1]],
    ['safari', ['allowed', null, null, null, 1]],
  ] as const)('%s asks the user: %j', async (browser, expected) => {
    expect(await outcome({ browser, addressSpaces: PUBLIC_TO_LOCAL })).toEqual(expected);
  });

  it.each([
    ['granted', ['allowed', null, null, null, 1]],
    ['denied', ['blocked', 'LNA', 'request', null, 0]],
  ] as const)('is %s: %j', async (localNetworkPermission, expected) => {
    for (const browser of ['chromium', 'firefox'] as const) {
      const options = { browser, addressSpaces: PUBLIC_TO_LOCAL, localNetworkPermission };
      // oxlint-disable-next-line no-await-in-loop
      expect(await outcome(options)).toEqual(expected);
    }
  });

  it('needs another permission for this computer', async () => {
    const addressSpaces = { page: 'public', target: 'loopback' } as const;
    expect(await outcome({ addressSpaces })).toEqual([
      'needs-permission',
      null,
      null,
      'loopback-network',
      1,
    ]);
  });

  it('is checked for CORS all the same, and then says both', async () => {
    expect(await outcome({ addressSpaces: PUBLIC_TO_LOCAL }, response(200))).toEqual([
      'blocked',
      'ACAO_MISSING',
      'response',
      'local-network',
      1,
    ]);
  });

  it('holds before the preflight, and without CORS', async () => {
    const denied = { addressSpaces: PUBLIC_TO_LOCAL, localNetworkPermission: 'denied' } as const;
    const blocked = ['blocked', 'LNA', 'request', null, 0];
    expect(await outcome({ ...denied, method: 'PUT' })).toEqual(blocked);
    expect(await outcome({ ...denied, mode: 'no-cors' })).toEqual(blocked);
  });

  it('is blocked by Chromium alone where the page is no secure context', async () => {
    const options = { pageOrigin: 'http://app.example.com', addressSpaces: PUBLIC_TO_LOCAL };
    const granted = { ...options, localNetworkPermission: 'granted' } as const;
    expect(await outcome(granted)).toEqual(['blocked', 'LNA', 'request', null, 0]);
    expect(await outcome({ ...granted, browser: 'firefox' })).toEqual([
      'allowed',
      null,
      null,
      null,
      1,
    ]);
  });

  it('asks for each URL of a chain where its server is', async () => {
    const asked: string[] = [];
    const target = (url: string) => {
      asked.push(url);
      return Promise.resolve(url.includes('b.test') ? ('loopback' as const) : ('public' as const));
    };
    const away = response(302, {
      'access-control-allow-origin': '*',
      location: 'https://b.test/',
    });
    const options = {
      addressSpaces: { page: 'public', target },
      localNetworkPermission: 'denied',
    } as const;
    expect(await outcome(options, away, open)).toEqual(['blocked', 'LNA', 'redirect', null, 1]);
    expect(asked).toEqual(['https://api.example.com/x', 'https://b.test/']);
  });
});

describe('nobody is asked', () => {
  it.each<[string, Options]>([
    ['where nothing is known of addresses', { url: 'http://127.0.0.1/' }],
    ['by a page of this computer', { addressSpaces: { page: 'loopback', target: 'local' } }],
    ['by a page of the local network', { addressSpaces: { page: 'local', target: 'loopback' } }],
    ['for a public address', { addressSpaces: { page: 'public', target: 'public' } }],
    ['for a name that shows nothing', { addressSpaces: { page: 'public' } }],
  ])('%s', async (_, options) => {
    const denied = { ...options, localNetworkPermission: 'denied' } as const;
    expect((await outcome(denied)).slice(0, 2)).toEqual(['allowed', null]);
  });

  it("for the page's own origin", async () => {
    const options = {
      url: '/x',
      addressSpaces: PUBLIC_TO_LOCAL,
      localNetworkPermission: 'denied',
    } as const;
    expect((await outcome(options)).slice(0, 2)).toEqual(['not-cors', null]);
  });
});

it("is asked for the page's own origin where the page is no secure context: its address may have changed", async () => {
  const options = {
    pageOrigin: 'http://app.example.com',
    url: '/x',
    addressSpaces: PUBLIC_TO_LOCAL,
    localNetworkPermission: 'denied',
  } as const;
  expect((await outcome(options)).slice(0, 2)).toEqual(['blocked', 'LNA']);
});

it('takes the address space from the host where no other is given', async () => {
  const addressSpaces = { page: 'public' } as const;
  const permissions = await Promise.all(
    ['https://localhost/', 'https://10.0.0.1/', 'https://printer.local/'].map(
      async (url) => (await outcome({ url, addressSpaces }))[3],
    ),
  );
  expect(permissions).toEqual(['loopback-network', 'local-network', 'local-network']);
});

describe('targetAddressSpace', () => {
  it('must be true, to Chromium', async () => {
    const wrong = { addressSpaces: PUBLIC_TO_LOCAL, targetAddressSpace: 'loopback' } as const;
    const outcomes = await Promise.all(
      BROWSER_NAMES.map(async (browser) => (await outcome({ ...wrong, browser }))[0]),
    );
    expect(outcomes).toEqual(['blocked', 'needs-permission', 'allowed']);
  });

  it('says nothing where it is public', async () => {
    const options = { addressSpaces: PUBLIC_TO_LOCAL, targetAddressSpace: 'public' } as const;
    expect((await outcome(options))[0]).toBe('needs-permission');
  });
});

it('says what the user is asked, once', async () => {
  const { findings } = await visit({
    addressSpaces: PUBLIC_TO_LOCAL,
    send: network(response(302, { 'access-control-allow-origin': '*', location: '/y' }), open).send,
  });
  expect(findings).toEqual([
    {
      kind: 'LOCAL_NETWORK_PERMISSION',
      sentence:
        'Chromium asks the user whether a page of the public internet may access the local network, where api.example.com is (permission `local-network`). Without a yes, nothing is sent, and no response header changes that.',
      names: ['local-network'],
    },
  ]);
});
