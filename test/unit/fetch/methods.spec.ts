import {
  isForbiddenMethod,
  isSafelistedMethod,
  normalizeMethod,
} from '../../../lib/fetch/methods.js';

describe('isForbiddenMethod', () => {
  test.each(['CONNECT', 'TRACE', 'TRACK', 'connect', 'Trace', 'tRaCk'])('%s is', (method) => {
    expect(isForbiddenMethod(method)).toBe(true);
  });

  test.each(['GET', 'OPTIONS', 'PATCH', 'QUERY', '', 'CONNECTS', 'TRACKS', 'XTRACE', 'PATCHES'])(
    '%j is not',
    (method) => {
      expect(isForbiddenMethod(method)).toBe(false);
    },
  );
});

describe('isSafelistedMethod', () => {
  test.each(['GET', 'HEAD', 'POST'])('%s is', (method) => {
    expect(isSafelistedMethod(method)).toBe(true);
  });

  test.each(['get', 'PUT', 'OPTIONS', 'QUERY', '', 'POSTS'])('%j is not', (method) => {
    expect(isSafelistedMethod(method)).toBe(false);
  });
});

describe('normalizeMethod', () => {
  test.each([
    ['delete', 'DELETE'],
    ['Get', 'GET'],
    ['hEAD', 'HEAD'],
    ['options', 'OPTIONS'],
    ['post', 'POST'],
    ['put', 'PUT'],
    ['GET', 'GET'],
    ['patch', 'patch'],
    ['Query', 'Query'],
    ['PATCH', 'PATCH'],
    ['', ''],
    ['po\u017ft', 'po\u017ft'],
  ])('%s becomes %s', (method, normalized) => {
    expect(normalizeMethod(method)).toBe(normalized);
  });
});
