import { checkOrigin } from '../../../../lib/options/origin/check-origin.js';
import { OriginReader } from '../../../../lib/options/origin/read-origins.js';
import { issuesOf, TOOLS } from '../configuration.js';

const SPLIT = 'From an environment variable: `process.env.CORS_ORIGINS?.split(/[\\s,]+/)`.';
const CALLED =
  'It calls its second parameter, `cb`, as `enableCors()` has it; here that is the request, and what counts is what the function returns. ';
const IS_SET = 'Is the environment variable it comes from set?';

interface Asked {
  includes(origin: string): boolean;
  indexOf(origin: string): number;
  has(origin: string): boolean;
}
declare const allowed: Asked;
type Callback = (error: null, isAllowed: boolean) => void;

/** What remedies say of a value by itself. */
function remediesOf(origin: unknown): readonly string[] {
  const reader = new OriginReader({ tools: TOOLS, reasonAgainst: () => undefined });
  const place = { raw: origin, hasCredentials: false };
  return checkOrigin(reader.read(origin), place).map(({ remedy }) => remedy);
}

test.each<[origin: unknown, ...remedies: string[]]>([
  ['*, https://a.example', `Write \`'*'\`. ${SPLIT}`],
  [
    ['https://a.example, https://b.example'],
    `Write \`'https://a.example', 'https://b.example'\`. ${SPLIT}`,
  ],
  [
    'https://a.example, https://b.example',
    `Write \`['https://a.example', 'https://b.example']\`. ${SPLIT}`,
  ],
  [
    'https://a.example; https://a.example',
    "Write `'https://a.example'`. Several origins are a list.",
  ],
  [
    [null, 'undefined'],
    ...Array<string>(2).fill(`${IS_SET} If not, write \`origin: false\` for no CORS.`),
  ],
  [
    [null, 'https://a.example'],
    `${IS_SET} Where it is not, remove it: append \`.filter(Boolean)\` to the list.`,
  ],
  [
    'wss://:8080',
    'Write `http` or `https`, even for WebSockets: `Origin` names the page, not the connection. The origin of `file:` pages and the like is `null`.',
  ],
  [
    (origin: string, cb: Callback) => cb(null, allowed.includes(origin)),
    `${CALLED}Write \`(origin) => allowed.includes(origin)\`, or just the list, \`allowed\`; it is not called without \`Origin\`.`,
  ],
  [
    (origin: string, cb: Callback) => cb(null, allowed.indexOf(origin) !== -1),
    `${CALLED}Write \`(origin) => allowed.indexOf(origin) !== -1\`, or just the list, \`allowed\`; it is not called without \`Origin\`.`,
  ],
  [
    (origin: string, cb: Callback) => cb(null, allowed.has(origin)),
    `${CALLED}Write \`(origin) => allowed.has(origin)\`; it is not called without \`Origin\`.`,
  ],
  [
    (_: string, cb: Callback) => cb(null, true),
    `${CALLED}Write \`return allowed\` instead of \`cb(null, allowed)\`, and \`return false\` instead of \`cb(error)\`.`,
  ],
  [/^$/, `It matches \`''\`. ${IS_SET}`],
  [/^(?!x)x$/, 'It matches nothing.'],
])('%p: what to write instead', (origin, ...remedies) => {
  expect(remediesOf(origin)).toEqual(remedies);
});

test('with credentials, no remedy offers any origin', () => {
  const [issue] = issuesOf({ origin: '*, https://a.example', credentials: true });
  expect(issue?.message).toBe(
    `Expected \`origin\` to be one origin, got \`'*, https://a.example'\` (string). Write \`'https://a.example'\`. ${SPLIT}`,
  );
});

test('a value of nobody’s options has the remedies that need no place', () => {
  const reader = new OriginReader({ tools: TOOLS, reasonAgainst: () => undefined });
  const issues = checkOrigin(reader.read('*, https://a.example'));
  expect(issues.map(({ remedy }) => remedy)).toEqual([`Write \`'*'\`. ${SPLIT}`]);
});
