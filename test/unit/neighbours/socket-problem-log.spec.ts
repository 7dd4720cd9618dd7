import { socketProblemLog } from '../../../lib/neighbours/socket-problem-log.js';

function logged(thrown: unknown): [message: string, stack: string | undefined][] {
  const lines: [string, string | undefined][] = [];
  const add = (message: string, stack?: string) => void lines.push([message, stack]);
  socketProblemLog('the global policy', { warn: add, error: add })('unreadable', thrown);
  return lines;
}

const revocable = Proxy.revocable({}, {});
revocable.revoke();
const unreadable = Object.defineProperty(new Error('x'), 'stack', {
  get() {
    throw new Error('stack');
  },
});

test.each<[string, unknown]>([
  ['a proxy that is revoked', revocable.proxy],
  ['an error whose stack throws', unreadable],
  ['null', null],
  ['a symbol', Symbol('thrown')],
])('whatever a trust-proxy function throws, the handshake is answered: %s', (_, thrown) => {
  expect(logged(thrown)).toEqual([[expect.stringContaining('is refused'), undefined]]);
});

test('what a client sent is escaped in the stack, too', () => {
  const [[, stack = ''] = []] = logged(new Error('no host \u001b[31m\nError: forged'));
  expect(stack).toContain('no host \\u001B[31m\\u000AError: forged\n    at ');
});

test('each kind of problem is one line, on the level that it has', () => {
  const lines: string[][] = [];
  const log = socketProblemLog('chat', {
    warn: (message) => void lines.push(['warn', message]),
    error: (message) => void lines.push(['error', message]),
  });
  for (let round = 0; round < 2; round += 1) {
    log('cookies-removed');
    log('any-origin');
    log('unreadable', new Error('x'));
  }
  expect(lines).toEqual([
    [
      'warn',
      "A page of another origin was admitted to a WebSocket without its visitor's cookies: `credentials` is not `true` in chat. Write `credentials: true` there if its pages need them.",
    ],
    [
      'error',
      "Expected a policy with a list of origins for `socketOptions()`, got `origin: '*'` of chat by an update: handshakes of other origins are refused, since any page could open a WebSocket with the cookies of its visitor. Update it to a list.",
    ],
    [
      'error',
      'A WebSocket handshake under chat is refused: the platform cannot read its host and protocol. Check the trust-proxy setting.',
    ],
  ]);
});
