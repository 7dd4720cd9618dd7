import type { BrowserName, ReceivedResponse, SimulateOptions } from '../../../lib/browser/index.js';
import { network, response, visit } from './network.js';

const ACAO = 'access-control-allow-origin';
const page = 'https://app.example.com';
const api = 'https://api.example.com/x';

type Options = Partial<Omit<SimulateOptions, 'send' | 'browser'>>;
type Answer = ReceivedResponse | Error;

interface Scenario {
  /** What the network answers: one request after the other, or each the same. */
  readonly answers: readonly Answer[];
  readonly options: Options;
}

function scenario(answer: Answer | readonly Answer[], options: Options = {}): Scenario {
  const isOne = answer instanceof Error || 'status' in answer;
  return { answers: isOne ? [answer] : answer, options };
}

const put: Options = { method: 'PUT' };
const credentialed: Options = { credentials: true };
const CORP = 'cross-origin-resource-policy';
const denied: Options = {
  addressSpaces: { page: 'public', target: 'loopback' },
  localNetworkPermission: 'denied',
};
const redirect = (location: string | readonly string[]) => response(302, { [ACAO]: '*', location });

/** What leads to a message, by a name of its own: every check fails in one, every message appears. */
export const scenarios = {
  'missing, preflight': scenario(response(404), put),
  'missing, response': scenario(response(500)),
  'missing, redirect': scenario(response(302, { location: '/y' })),
  'two lines': scenario(response(200, { [ACAO]: ['*', page] })),
  'two lines, preflight': scenario(response(204, { [ACAO]: ['*', page] }), put),
  'two lines, redirect': scenario(response(302, { [ACAO]: ['*', page], location: '/y' })),
  'a list': scenario(response(200, { [ACAO]: `${page},https://b.test` })),
  'a list, redirect': scenario(response(302, { [ACAO]: `${page},https://b.test`, location: '/y' })),
  'a space': scenario(response(200, { [ACAO]: `${page} https://b.test` })),
  'no origin': scenario(response(200, { [ACAO]: 'app.example.com' })),
  'no origin, preflight': scenario(response(204, { [ACAO]: 'app.example.com' }), put),
  'another origin': scenario(response(200, { [ACAO]: 'https://b.test' })),
  'control character': scenario(response(200, { [ACAO]: 'https://b.test/\u001b[31m' })),
  'another origin, preflight': scenario(response(204, { [ACAO]: 'https://b.test' }), put),
  '* with credentials': scenario(response(200, { [ACAO]: '*' }), credentialed),
  '* with credentials, preflight': scenario(response(204, { [ACAO]: '*' }), {
    ...put,
    ...credentialed,
  }),
  '* with credentials, redirect': scenario(redirect('/y'), credentialed),
  'credentials not true': scenario(response(200, { [ACAO]: page }), credentialed),
  'credentials not true, preflight': scenario(response(204, { [ACAO]: page }), {
    ...put,
    ...credentialed,
  }),
  'credentials not true, redirect': scenario(
    response(302, { [ACAO]: page, location: '/y' }),
    credentialed,
  ),
  status: scenario(response(401, { [ACAO]: '*' }), put),
  'redirect, preflight': scenario(response(307, { [ACAO]: '*', location: '/y' }), put),
  'methods grammar': scenario(
    response(204, { [ACAO]: '*', 'access-control-allow-methods': 'a b' }),
    put,
  ),
  'headers grammar': scenario(
    response(204, { [ACAO]: '*', 'access-control-allow-headers': 'a/b' }),
    { headers: { 'x-a': '1' } },
  ),
  method: scenario(response(204, { [ACAO]: '*' }), put),
  header: scenario(response(204, { [ACAO]: '*' }), { headers: { 'X-B': '1', 'X-A': '1' } }),
  'authorization under *': scenario(
    response(204, { [ACAO]: '*', 'access-control-allow-headers': '*' }),
    { headers: { authorization: 'x' } },
  ),
  'user info': scenario(redirect('https://u:p@b.test/')),
  'two locations': scenario(redirect(['/a', '/b'])),
  'too many redirects': scenario(Array.from({ length: 21 }, () => redirect('/x'))),
  scheme: scenario(response(200), { url: 'ftp://b.test/' }),
  'scheme, redirect': scenario(redirect('ftp://b.test/')),
  'data, redirect': scenario(redirect('data:,x')),
  mode: scenario(response(200), { mode: 'same-origin' }),
  'mode, redirect': scenario(response(302, { location: api }), {
    mode: 'same-origin',
    url: `${page}/x`,
  }),
  'redirect mode': scenario(redirect('/y'), { redirect: 'error' }),
  network: scenario(new Error('ECONNREFUSED')),
  'bad port': scenario(response(200), { url: 'https://api.example.com:6000/' }),
  'forbidden method': scenario(response(200), { method: 'TRACE' }),
  'mixed content': scenario(response(200), { url: 'http://api.example.com/x' }),
  'mixed content, image': scenario(response(200), {
    url: 'http://203.0.113.7/x.png',
    destination: 'image',
    mode: 'no-cors',
  }),
  'mixed content, redirect': scenario(redirect('http://api.example.com/y')),
  'same-origin resource': scenario(response(200, { [CORP]: 'same-origin' }), { mode: 'no-cors' }),
  'same-site resource': scenario(response(200, { [CORP]: 'same-site' }), {
    url: 'https://cdn.example.net/x',
    mode: 'no-cors',
    destination: 'script',
  }),
  'no resource policy': scenario(response(200), {
    mode: 'no-cors',
    embedderPolicy: 'require-corp',
  }),
  'same-origin resource, redirect': scenario(
    response(302, { [CORP]: 'same-origin', location: '/y' }),
    { mode: 'no-cors', destination: 'image' },
  ),
  'JSON for an image': scenario(response(404, { 'content-type': 'application/json' }), {
    mode: 'no-cors',
    destination: 'image',
  }),
  'local network denied': scenario(response(200, { [ACAO]: '*' }), denied),
  'local network denied, redirect': scenario(redirect('https://localhost/y'), {
    ...denied,
    addressSpaces: { page: 'public' },
  }),
  'local network, insecure page': scenario(response(200, { [ACAO]: '*' }), {
    ...denied,
    pageOrigin: 'http://app.example.com',
  }),
  'local network, wrong space': scenario(response(200, { [ACAO]: '*' }), {
    ...denied,
    targetAddressSpace: 'local',
  }),
} as const satisfies Readonly<Record<string, Scenario>>;

export type ScenarioName = keyof typeof scenarios;

export const SCENARIO_NAMES = Object.keys(scenarios) as ScenarioName[];

/** What a browser does in a scenario. */
export function visitIn(name: ScenarioName, browser: BrowserName) {
  const { answers, options }: Scenario = scenarios[name];
  return visit({ ...options, browser, send: network(...answers).send });
}
