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
