import { jest } from '@jest/globals';
import { Logger, type LoggerService } from '@nestjs/common';
import { BoundedLog, GuardedLogger } from '../../../lib/observation/bounded-log.js';

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

  it('says of each event whether it was logged', () => {
    const log = new BoundedLog('refusals', 'a:channel', () => {});
    const add = () => log.add(() => 'refusal');
    expect(Array.from({ length: 21 }, add)).toEqual([...Array<boolean>(20).fill(true), false]);
    for (let minute = 1; minute < 50; minute += 1) {
      jest.advanceTimersByTime(60_000);
      for (let event = 0; event < 20; event += 1) add();
    }
    jest.advanceTimersByTime(60_000);
    expect([log.isFull, add()]).toEqual([true, false]);
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

describe('GuardedLogger', () => {
  const fails = () => {
    throw new Error('disk full');
  };
  let warned: unknown[][] = [];
  beforeEach(() => {
    warned = [];
    jest.spyOn(process, 'emitWarning').mockImplementation((...args: unknown[]) => {
      warned.push(args);
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    Logger.overrideLogger(false);
  });

  const WARNING = [
    "The application's logger failed (disk full): messages of CorsModule are missing in its log. It must not throw, and its promises must not reject.",
    { code: 'NESTJS_CORS_LOGGER' },
  ];

  it.each<[how: string, log: () => unknown, ...warnings: unknown[]]>([
    ['that throws', fails, WARNING],
    ['whose promise rejects', () => Promise.reject(new Error('disk full')), WARNING],
    ['that returns what cannot be waited for', () => new Proxy({}, { get: fails }), WARNING],
    ['that returns nothing', () => undefined],
    ['that returns null', () => null],
    ['whose promise is kept', () => Promise.resolve()],
  ])('a logger %s: Node is warned once', async (_, log, ...warnings) => {
    const messages: unknown[] = [];
    const own = (level: string) => (message: unknown) => (messages.push([level, message]), log());
    const service = { log: own('log'), warn: own('warn'), error: own('error') } as LoggerService;
    Logger.overrideLogger(service);
    const logger = new GuardedLogger('CorsModule');
    logger.log('one');
    logger.warn('two');
    logger.error('three');
    await new Promise((resolve) => setImmediate(resolve));
    expect([messages, warned]).toEqual([
      [
        ['log', 'one'],
        ['warn', 'two'],
        ['error', 'three'],
      ],
      warnings,
    ]);
  });
});
