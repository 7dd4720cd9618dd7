import { callbackOf, callbackStyleOf } from '../../../../lib/options/origin/callback-style.js';

function callbackStyle(_: string, callback: () => void): void {
  callback();
}

/** A function from its text: what a compiler, a minifier or a user has made. */
function parse(text: string): Function {
  // The text is the case.
  // oxlint-disable-next-line typescript/no-implied-eval
  return new Function('list', 'check', 'log', `return (${text});`)() as Function;
}

describe('a function that calls its second parameter answers nobody', () => {
  test.each([
    ['(origin, callback) => callback(null, true)', 'callback'],
    ['(origin, cb) => { cb(null, list.includes(origin)); }', 'cb'],
    ['function (origin, callback) { if (!origin) return callback(null, true); }', 'callback'],
    ['function named(origin, done) { done(new Error("no")); }', 'done'],
    ['async (origin, next) => { next(null, await check(origin)); }', 'next'],
    ['async function (origin, callback) { callback(null, true); }', 'callback'],
    ['{ origin(origin, callback) { callback(null, true); } }.origin', 'callback'],
    ['{ async origin(origin, callback) { callback(null, true); } }.origin', 'callback'],
    ['{ ["x".concat("(")](origin, callback) { callback(null, true); } }["x("]', 'callback'],
    ['(e,t)=>{list.includes(e)?t(null,!0):t(Error("x"))}', 't'],
    ['(o,$)=>$(null,!0)', '$'],
    ['(origin, callback = () => undefined) => callback(null, true)', 'callback'],
    ['(origin = check(), callback) => callback(null, true)', 'callback'],
    ['{ [((x) => "x")()](origin, callback) { callback(null, true); } }.x', 'callback'],
    ['(origin, callback) => { return/* yes */callback(null, true); }', 'callback'],
    ['({ a, b }, callback) => callback(null, true)', 'callback'],
    ['([a, b] = [1, 2], callback) => callback(null, true)', 'callback'],
    ['(origin, callback) => callback?.(null, true)', 'callback'],
    ['(origin, callback) => callback.call(null, null, true)', 'callback'],
    ['(origin, callback) => callback.apply(null, [null, true])', 'callback'],
    ['(origin, callback) => void callback (null, true)', 'callback'],
    ['(origin, /* (error, yes) */ callback) => callback(null, true)', 'callback'],
    ['(origin, callback) => /^https?:\\/\\//.test(origin) ? callback(null, true) : 0', 'callback'],
    ["(origin, callback) => origin === 'https://a.example' && callback(null, true)", 'callback'],
    ['(origin, callback) => { log(`a // ${origin}`); callback(null, true); }', 'callback'],
    ['(req, callback) => callback(null, { origin: true })', 'callback'],
  ])('%s', (text, name) => {
    expect(callbackOf(parse(text))).toBe(name);
  });
});

describe('a function that reads its second parameter, or has none, passes', () => {
  test.each([
    '(origin) => list.includes(origin)',
    'origin => list.includes(origin)',
    'origin => list.some((one, callback) => callback(one))',
    'async origin => check(origin)',
    '() => true',
    '(origin, request) => check(request)',
    '(origin, request) => request.isAllowed(origin)',
    '(origin, request) => check(origin).request(1)',
    '(origin, request) => check(origin)?.request(1)',
    '(origin, { hostname }) => hostname(1)',
    '(origin, [hostname]) => hostname(1)',
    '(origin, ...rest) => rest(1)',
    '(origin, { method, url } = {}) => check(method)',
    '(origin, ask) => task(ask)',
    '(origin, ask) => flask(ask)',
    'origin => list.some(origin, check) || check(origin)',
    '{ request(origin, request) { return origin === request; } }.request',
    '(origin, request) => { const x = "request("; return x !== origin; }',
    '(origin, request) => { /* request(1) */ return true; }',
    '(origin, request) => { // request(1)\n return true; }',
    '(origin, request) => /request(1)/.test(origin)',
    '(origin, request) => `request(1)` === origin',
    '(origin, request) => { function request() { return 1; } return true; }',
    'function (origin, request) { return request.hostname === "a.example"; }',
    '{ isAllowed(origin, request) { return this.check(request); } }.isAllowed',
  ])('%s', (text) => {
    expect(callbackOf(parse(text))).toBeUndefined();
  });

  test.each([
    ['a bound one', callbackStyle.bind(null)],
    ['a native one', Array.prototype.includes],
  ])('%s, whose text nobody can read', (_, given) => {
    expect(callbackOf(given)).toBeUndefined();
  });
});

describe('what a function of the old style asks', () => {
  const include = (name: string, method = 'includes') => ({ name, method });

  test.each([
    ['(origin, cb) => cb(null, allowed.includes(origin))', include('allowed')],
    [
      '(origin, callback) => { if (!origin || allowed.indexOf(origin) !== -1) { callback(null, true); } else { callback(new Error("No")); } }',
      include('allowed', 'indexOf'),
    ],
    ['(origin, cb) => cb(null, config.origins.has(origin))', include('config.origins', 'has')],
    ['(origin, cb) => cb(null, allowed?.includes(origin))', include('allowed')],
    ['function (o, cb) { cb(null, this.origins.includes(o)); }', include('this.origins')],
    // More than one list, or something besides it: the remedy must not leave it out.
    ['(origin, cb) => cb(null, a.includes(origin) || b.includes(origin))', undefined],
    ['(origin, cb) => cb(null, a.includes(origin) || origin.endsWith(".example.com"))', undefined],
    ['(origin, cb) => cb(null, a.includes(origin) || /^http:/.test(origin))', undefined],
    ['(origin, cb) => cb(null, a.includes(hostOf(origin)))', undefined],
    ['(origin, cb) => { const own = ""; cb(null, a.includes(own)); }', undefined],
    ['(origin, cb) => cb(null, true)', undefined],
  ])('%s', (text, list) => {
    expect(callbackStyleOf(parse(text))?.list).toEqual(list);
  });

  test.each<[string, ReturnType<typeof callbackStyleOf>]>([
    ['(origin) => list.includes(origin)', undefined],
    [
      '{ ["a".concat("b")](host, cb) { cb(null, list.includes(host)); } }.ab',
      { origin: 'host', callback: 'cb', list: include('list') },
    ],
    // What it is called there is not known.
    ['({ a }, cb) => cb(null, list.includes(a))', { origin: 'origin', callback: 'cb' }],
  ])('%s: the names of both parameters', (text, style) => {
    expect(callbackStyleOf(parse(text))).toEqual(style);
  });
});
