import { NO_ORIGIN_TOOLS } from '../../../../lib/options/origin/origin-tools.js';
import {
  findPatternDangers,
  reachesIntoDomain,
} from '../../../../lib/options/origin/pattern-dangers.js';
import { PUBLIC_SUFFIXES } from '../../../../lib/options/origin/public-suffix.js';
import { parseOrigin } from '../../../../lib/policy/origins/parse-origin.js';
import { TOOLS } from '../configuration.js';

const CONTEXT = {
  allowInsecureOrigins: false,
  allowPublicSuffixes: false,
  suffixes: PUBLIC_SUFFIXES,
};

function patternOf(text: string) {
  const parsed = parseOrigin(text);
  if (typeof parsed === 'string') throw new Error(`${text}: ${parsed}`);
  return parsed;
}

const remediesOf = (text: string, context = CONTEXT) =>
  findPatternDangers(patternOf(text), context).map(({ remedy }) => remedy);

const YOURS =
  'Write your own domain, or `dangerouslyAllowPublicSuffixes: true` if the suffix is yours.';
const also = (witness: string) =>
  `Anyone can own a name there: it also allows \`${witness}\`. ${YOURS}`;
const oneByOne = (witness: string) =>
  `Anyone can own a name there: it also allows \`${witness}\`. Write the names that are yours one by one, or, with \`dangerouslyAllowPublicSuffixes: true\`, a form that nobody else can register: whoever registers a name of that form is then allowed, too.`;
const names = (witness: string, main: string, keep: string) =>
  `Anyone can own a name there: it also allows \`${witness}\`. Write the names that are yours, such as \`'${main}'\`, ${keep} with \`dangerouslyAllowPublicSuffixes: true\`: whoever registers a name of that form is then allowed, too.`;
const previews = (pattern: string) => `or \`'${pattern}'\`, for the previews of one team,`;

test.each([
  ['https://*.co.uk', also('https://evil.co.uk')],
  ['https://*.corp', also('https://evil.corp')],
  ['https://*.corp.', also('https://evil.corp.')],
  ['https://my-*.corp:*', also('https://my-evil.corp')],
  ['https://*.corp:8443', also('https://evil.corp:8443')],
  [
    'https://*.vercel.app',
    names(
      'https://evil.vercel.app',
      'https://my-app-main-my-team.vercel.app',
      previews('https://my-app-*-my-team.vercel.app'),
    ),
  ],
  [
    'https://shop--*.vercel.app',
    names(
      'https://shop--evil.vercel.app',
      'https://shop-main-my-team.vercel.app',
      previews('https://shop-*-my-team.vercel.app'),
    ),
  ],
  [
    'https://*--a-team.vercel.app',
    names(
      'https://evil--a-team.vercel.app',
      'https://my-app-main-a-team.vercel.app',
      previews('https://my-app-*-a-team.vercel.app'),
    ),
  ],
  [
    'https://shop-*-a-team.vercel.app',
    names(
      'https://shop-evil-a-team.vercel.app',
      'https://shop-main-a-team.vercel.app',
      'or keep it',
    ),
  ],
  ['https://*.amazonaws.com', oneByOne('https://evil.s3.amazonaws.com')],
  ['https://*.amazonaws.com:*', oneByOne('https://evil.s3.amazonaws.com')],
])('%s is over a public suffix: the remedy has its names', (text, remedy) => {
  expect(remediesOf(text)).toEqual([remedy]);
  expect(remediesOf(text, { ...CONTEXT, allowPublicSuffixes: true })).toEqual([]);
});

const HIJACK =
  'Anyone who controls the network between that page and its visitor can hijack the session here. ';
const DEVICE = `${HIJACK}If it is a device on your network, for development, write \`dangerouslyAllowInsecureOrigins: process.env.NODE_ENV !== 'production'\`, and list it only where that is true; otherwise \`https://\`.`;

test.each([
  'http://10.0.0.1',
  'http://192.168.3.74:3001',
  'http://169.254.1.1',
  'http://172.16.0.1',
  'http://172.19.0.1',
  'http://172.20.0.1',
  'http://172.31.0.1',
  'http://[fe80::1]',
  'http://[fc00::1]',
  'http://[fd12::1]',
  'http://nas.local',
  'http://nas.local.',
  'http://nas.lan',
  'http://nas.home.arpa',
])('%s may be a device on the network', (text) => {
  expect(remediesOf(text)).toEqual([DEVICE]);
});

test.each([
  'http://11.0.0.1',
  'http://210.0.0.1',
  'http://192.169.0.1',
  'http://172.15.0.1',
  'http://172.32.0.1',
  'http://172.1.0.1',
  'http://[2001:db8::fe80]',
  'http://[fa00::1]',
  'http://nas.local.example',
  'http://nas.local.com',
  'http://a.localnet',
])('%s is anywhere', (text) => {
  const https = text.replace('http:', 'https:');
  expect(remediesOf(text)).toEqual([
    `${HIJACK}Write \`'${https}'\`, \`credentials: false\`, or \`dangerouslyAllowInsecureOrigins: true\`.`,
  ]);
  expect(remediesOf(text, { ...CONTEXT, allowInsecureOrigins: true })).toEqual([]);
});

test.each([
  ['https://*example.com', true],
  ['https://*example.com.', true],
  ['https://my-*.co.uk', true],
  ['https://*.com', false],
  ['https://my-*.example.com', false],
  // Whoever registers there is named when the list is read for its dangers.
  ['https://my-*.vercel.app', false],
  ['https://my-*.corp', false],
  ['https://example.com', false],
  ['https://example.com:*', false],
])('the wildcard of %s stands for the domain that somebody registers: %j', (text, reaches) => {
  expect(reachesIntoDomain(patternOf(text), TOOLS)).toBe(reaches);
});

test('without the list, any domain may be one that somebody registers', () => {
  const pattern = patternOf('https://my-*.example.com');
  expect(reachesIntoDomain(pattern, NO_ORIGIN_TOOLS)).toBe(true);
});
