import { shareInstance } from '../../../../lib/platform/express/shared-instance.js';

/** Which of some applications on an instance serves, as each of them sees it. */
function servers(knows: readonly boolean[]): string[] {
  const instance = {};
  const asked = knows.map((known, index) =>
    shareInstance<string>(instance, (request, method) => {
      // Each is asked about the same.
      expect([index, request, method]).toEqual([index, '/a', 'PUT']);
      return known;
    }),
  );
  return asked.map((serverOf) => serverOf('/a', 'PUT'));
}

const [OWN, EARLIER, LATER] = ['this one', 'an earlier one', 'a later one'];

test.each<[knows: boolean[], servers: unknown[]]>([
  [[false], [OWN]],
  [
    [true, true, true],
    [OWN, EARLIER, EARLIER],
  ],
  [
    [false, true, true],
    [LATER, OWN, EARLIER],
  ],
  [
    [false, false, true],
    [LATER, LATER, OWN],
  ],
  [
    [false, false, false],
    [OWN, EARLIER, EARLIER],
  ],
])(
  'of applications that know a request or not, %j, the first that does serves it',
  (knows, all) => {
    expect(servers(knows)).toEqual(all);
  },
);

test('an application that is alone is not asked', () => {
  const serverOf = shareInstance({}, () => {
    throw new Error('Not to be asked.');
  });
  expect(serverOf('/a', 'GET')).toBe('this one');
});

test('applications on other instances do not count', () => {
  const serverOf = [false, true].map((known) => shareInstance({}, () => known));
  expect(serverOf.map((of) => of('/a', 'GET'))).toEqual([OWN, OWN]);
});
