import { jest } from '@jest/globals';
import { finish, inSlices, mapInSteps, type Steps } from '../../../lib/options/steps.js';

const STEPS = 100;

afterEach(() => void jest.restoreAllMocks());

/** So many steps of a millisecond each, on a clock that nothing else moves. */
function work() {
  let now = 0;
  let done = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  const steps = function* (): Steps<string> {
    for (; done < STEPS; done += 1) {
      now += 1;
      yield;
    }
    return 'done';
  };
  return { steps: steps(), done: () => done };
}

/** How much is done each time the event loop goes round, until the work is over. */
async function slicesOf({ steps, done }: ReturnType<typeof work>): Promise<number[]> {
  const progress = { isOver: false };
  const result = inSlices(steps).finally(() => (progress.isOver = true));
  const slices = [done()];
  for (let before = done(); !progress.isOver; before = done()) {
    await new Promise((resolve) => setImmediate(resolve));
    slices.push(done() - before);
  }
  expect(await result).toBe('done');
  return slices;
}

describe('work in slices', () => {
  it('holds the event loop for a few milliseconds at a time', async () => {
    const slices = await slicesOf(work());
    expect(Math.max(...slices)).toBe(4);
    expect(slices.reduce((sum, slice) => sum + slice)).toBe(STEPS);
  });

  it('that takes less than one is done before anything else happens', async () => {
    let turns = 0;
    const turn = setImmediate(() => (turns += 1));
    const short = function* (): Steps<number> {
      yield;
      return 7;
    };
    expect([await inSlices(short()), turns]).toEqual([7, 0]);
    clearImmediate(turn);
  });

  it('goes on where a test has replaced the timers', async () => {
    jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'queueMicrotask'] });
    try {
      await expect(inSlices(work().steps)).resolves.toBe('done');
    } finally {
      jest.useRealTimers();
    }
  });

  it('rejects with what a step throws', async () => {
    const broken = function* (): Steps<never> {
      yield;
      throw new Error('refused');
    };
    await expect(inSlices(broken())).rejects.toThrow('refused');
  });

  it('is the same as all of it at once', () => {
    const members = Array.from({ length: STEPS }, (_, index) => index);
    const steps = mapInSteps(members, (member) => member * 2);
    expect(steps.next()).toEqual({ value: undefined, done: false });
    expect(finish(steps)).toEqual(members.map((member) => member * 2));
    expect([...mapInSteps(members, String)]).toHaveLength(Math.floor(STEPS / 32));
  });
});
