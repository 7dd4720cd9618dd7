import { isSerializedPort } from '../../../lib/fetch/serialized-port.js';

describe('isSerializedPort', () => {
  test.each([
    ['1', 'https'],
    ['80', 'https'],
    ['443', 'http'],
    ['80', 'app'],
    ['443', ''],
    ['3000', 'http'],
    ['9', 'http'],
    ['59999', 'http'],
    ['65535', 'https'],
  ])('%s with %j is one', (port, scheme) => {
    expect(isSerializedPort(port, scheme)).toBe(true);
  });

  test.each([
    ['', 'https'],
    ['0', 'https'],
    ['01', 'https'],
    ['65536', 'https'],
    ['99999999999999999999', 'https'],
    ['443', 'https'],
    ['80', 'http'],
    ['8o', 'https'],
    ['/', 'https'],
    [':', 'https'],
    ['8:', 'https'],
    ['8/', 'https'],
    ['*', 'https'],
    ['-1', 'https'],
  ])('%j with %j is none', (port, scheme) => {
    expect(isSerializedPort(port, scheme)).toBe(false);
  });
});
