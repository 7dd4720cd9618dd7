import { wrap } from '../../../lib/cli/render/text.js';
import { terminalOf } from '../../../lib/cli/terminal.js';

function stream(over: { isTTY?: boolean; columns?: number } = {}) {
  const written: string[] = [];
  return { ...over, written, write: (text: string) => written.push(text) };
}

describe('terminalOf', () => {
  it('writes to the two streams', () => {
    const [out, error] = [stream(), stream()];
    const terminal = terminalOf(out, error, {});
    terminal.out('a');
    terminal.error('b');
    expect([out.written, error.written]).toEqual([['a'], ['b']]);
  });

  it.each([
    [undefined, 80],
    [20, 40],
    [72, 72],
    [300, 100],
  ])('is, in a terminal of %s columns, %i wide', (columns, width) => {
    const out = columns === undefined ? stream() : stream({ columns });
    expect(terminalOf(out, stream(), {}).width).toBe(width);
  });

  it.each<[boolean, Record<string, string>, boolean]>([
    [true, {}, true],
    [true, { TERM: 'dumb' }, false],
    [true, { NO_COLOR: '1' }, false],
    [true, { NO_COLOR: '' }, true],
    [true, { FORCE_COLOR: '0' }, false],
    [true, { FORCE_COLOR: 'false' }, false],
    [false, {}, false],
    [false, { FORCE_COLOR: '1' }, true],
    [false, { FORCE_COLOR: '' }, true],
    [false, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
  ])('on a terminal: %s, with %j, has colours: %s', (isTTY, env, colour) => {
    expect(terminalOf(stream({ isTTY }), stream(), env).colour).toBe(colour);
  });
});

describe('wrap', () => {
  it.each([
    ['', 5, ['']],
    ['aa bb', 5, ['aa bb']],
    ['aa bb', 4, ['aa', 'bb']],
    ['aaaaaaaa bb', 4, ['aaaaaaaa', 'bb']],
    ['a b c d', 3, ['a b', 'c d']],
  ])('%j in %i', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });
});
