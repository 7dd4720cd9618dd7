import type { Dialect } from '../../../../lib/browser/dialect.js';
import { Journal } from '../../../../lib/browser/journal.js';
import type { RequestMode } from '../../../../lib/browser/request/fetch-request.js';
import { pageHeaders } from '../../../../lib/browser/request/page-headers.js';
import type { SimulateOptions } from '../../../../lib/browser/simulate-options.js';

function read(
  headers: NonNullable<SimulateOptions['headers']>,
  mode: RequestMode = 'cors',
  dialect: Dialect = 'chromium',
) {
  const journal = new Journal();
  return { ...pageHeaders(headers, mode, { dialect, journal }), findings: journal.findings };
}

describe('pageHeaders', () => {
  it('takes pairs and objects, and makes one value of several', () => {
    const lines = [
      ['X-A', '1, 2'],
      ['x-b', '3'],
    ];
    expect(
      read([
        ['X-A', '1'],
        ['x-b', ' 3\t'],
        ['x-a', '2'],
      ]).lines,
    ).toEqual(lines);
    expect(read({ 'X-A': ['1', '2'], 'x-b': '3' }).lines).toEqual(lines);
  });

  it('drops User-Agent in Chromium alone', () => {
    expect(read({ 'User-Agent': 'x', 'x-a': '1' })).toEqual({
      lines: [['x-a', '1']],
      refusal: null,
      findings: [
        {
          kind: 'HEADER_DROPPED',
          sentence:
            'Chromium drops `User-Agent` and sends its own; other browsers let a page set it, and ask the server first.',
          names: ['User-Agent'],
        },
      ],
    });
    expect(read({ 'User-Agent': 'x' }, 'cors', 'firefox').lines).toEqual([['User-Agent', 'x']]);
  });

  it('drops forbidden headers, and says so', () => {
    expect(read({ Cookie: 'a=b', 'x-a': '1' })).toEqual({
      lines: [['x-a', '1']],
      refusal: null,
      findings: [
        {
          kind: 'HEADER_DROPPED',
          sentence:
            'Browsers drop `Cookie`: a page may not set it, so no server needs to allow it.',
          names: ['Cookie'],
        },
      ],
    });
  });

  it('keeps safelisted headers only in mode no-cors, and of these not Range', () => {
    const { lines, findings } = read(
      { accept: 'a', RANGE: 'bytes=0-', 'content-type': 'application/json', 'x-a': '1' },
      'no-cors',
    );
    expect(lines).toEqual([['accept', 'a']]);
    expect(findings.map(({ kind, names }) => [kind, ...names])).toEqual([
      ['HEADER_DROPPED', 'RANGE'],
      ['HEADER_DROPPED', 'content-type'],
      ['HEADER_DROPPED', 'x-a'],
    ]);
  });

  it.each([
    [{ 'x a': '1' }, '`x a` is no header name'],
    [{ '': '1' }, '`` is no header name'],
    [{ 'x\u001b': '1' }, '`x\\u001B` is no header name'],
    [{ 'x-a': 'a\nb' }, 'the value of `x-a` contains `\\u000A`'],
    [{ 'x-a': 'a\rb' }, 'the value of `x-a` contains `\\u000D`'],
    [{ 'x-a': 'a\u0000b' }, 'the value of `x-a` contains `\\u0000`'],
    [{ 'x-a': 'a\u0100b' }, 'the value of `x-a` contains `\\u0100`'],
  ])('refuses %j, as fetch() does', (headers, refusal) => {
    expect(read(headers)).toEqual({ lines: [], refusal, findings: [] });
  });

  it('takes any other byte', () => {
    expect(read({ 'x-a': 'a\u0001\u00ffb' }).lines).toEqual([['x-a', 'a\u0001\u00ffb']]);
  });
});
