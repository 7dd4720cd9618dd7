import { jest } from '@jest/globals';
import { BoundedLog } from '../../../lib/observation/bounded-log.js';

describe('BoundedLog', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  const flooded = (events: number) => {
    const lines: string[] = [];
    let worded = 0;
    const log = new BoundedLog('refusals', 'a:channel', (line) => lines.push(line));
    const flood = () => {
      for (let event = 0; event < events; event += 1) log.add(() => `refusal ${(worded += 1)}`);
    };
    return { lines, flood, worded: () => worded };
  };

  it('logs 20 a minute, words no other, and says at its end how many there were', () => {
    const { lines, flood, worded } = flooded(2000);
    flood();
    expect([lines.length, lines.at(-1), worded()]).toEqual([20, 'refusal 20', 20]);
    jest.advanceTimersByTime(60_000);
    expect(lines.slice(20)).toEqual(['… and 1980 more refusals in this minute.']);
    flood();
    jest.advanceTimersByTime(60_000);
    expect([lines.length, lines[21], lines.at(-1)]).toEqual([
      42,
      'refusal 21',
      '… and 1980 more refusals in this minute.',
    ]);
  });

  it('has nothing to add where all were logged', () => {
    const { lines, flood } = flooded(20);
    flood();
    expect(jest.getTimerCount()).toBe(0);
    jest.advanceTimersByTime(120_000);
    flood();
    expect(lines).toHaveLength(40);
  });

  it('ends after 1000 lines, and says so', () => {
    const { lines, flood, worded } = flooded(30);
    for (let minute = 0; minute < 100; minute += 1) {
      flood();
      jest.advanceTimersByTime(60_000);
    }
    expect([lines.length, lines.at(-1)]).toEqual([
      1001,
      'These were 1000 lines about refusals: no more of them are logged until the application restarts. All are published on the diagnostics channel `a:channel`.',
    ]);
    expect([worded() < 1000, jest.getTimerCount()]).toEqual([true, 0]);
  });
});
