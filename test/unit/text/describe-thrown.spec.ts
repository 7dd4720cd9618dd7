import { describeThrown } from '../../../lib/text/describe-thrown.js';

const fails = () => {
  throw new Error('trap');
};

describe('describeThrown', () => {
  it.each<[what: string, thrown: unknown, message: string]>([
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('no'), 'Symbol(no)'],
    ['a text', 'a\u001b[31m', 'a\\u001B[31m'],
    ['an object', { toString: fails }, 'an object'],
    [
      'an error with an object as its message',
      Object.assign(new Error(), { message: {} }),
      'an object',
    ],
    ['an error with a bigint as its message', Object.assign(new Error(), { message: 1n }), '1'],
    [
      'an error whose message throws',
      Object.defineProperty(new Error(), 'message', { get: fails }),
      'a value that cannot be read',
    ],
    [
      'a Proxy that throws',
      new Proxy({}, { get: fails, getPrototypeOf: fails }),
      'a value that cannot be read',
    ],
  ])('%s', (_, thrown, message) => {
    expect(describeThrown(thrown).message).toBe(message);
  });

  it('escapes the message in the stack too, and keeps only frames', () => {
    const error = new TypeError(
      'no tenant \u001b]0;pwned\u0007\u007f\u009b\u2028\u202e\n    at forged (file:1:1)\n[Nest] LOG forged',
    );
    const { message, stack } = describeThrown(error);
    const lines = stack?.split('\n') ?? [];
    expect(lines[0]).toBe(`TypeError: ${message}`);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.slice(1).filter((line) => !line.startsWith('    at '))).toEqual([]);
    expect(lines.filter((line) => /[^ -~]|forged \(file/.test(line)).slice(1)).toEqual([]);
    expect(/[^ -~\n]/.test(stack ?? '')).toBe(false);
  });

  it('has no stack where there is none', () => {
    expect(describeThrown(Object.assign(new Error('a'), { stack: undefined }))).toEqual({
      message: 'a',
      stack: undefined,
    });
  });

  it('is bounded, whatever the stack', () => {
    const stack = `Error: a\n${`    at ${'x'.repeat(1000)}\n`.repeat(1000)}`;
    const described = describeThrown(Object.assign(new Error('a'), { stack })).stack ?? '';
    expect(described.length).toBeLessThan(31 * 330);
  });
});
