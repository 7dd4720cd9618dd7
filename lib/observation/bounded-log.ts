import { Logger, type LoggerService } from '@nestjs/common';
import { describeThrown } from '../text/describe-thrown.js';

/** How many lines about one kind of event are logged in a minute, the summary not counted. */
const LINES_A_MINUTE = 20;
/** How many are logged until the application restarts. */
const LINES_IN_TOTAL = 1000;
const MINUTE = 60_000;

/**
 * A log about what clients can cause any number of times: bounded per minute, with a line at its end
 * that says how much was left out, and in total. Each kind has its own bounds, so that one cannot hide
 * another.
 */
export class BoundedLog {
  private logged = 0;
  private inThisMinute = 0;
  private leftOut = 0;
  private minuteEnds = -Infinity;
  private summary: NodeJS.Timeout | undefined;

  /**
   * @param what the events in the plural: `refusals`
   * @param channel the diagnostics channel on which all of them are published
   */
  constructor(
    private readonly what: string,
    private readonly channel: string,
    private readonly write: (message: string, stack?: string) => void,
  ) {}

  /** Whether nothing is logged until the application restarts. */
  get isFull(): boolean {
    return this.logged >= LINES_IN_TOTAL;
  }

  /**
   * @param message put into words only where it is logged
   * @returns whether it was logged
   */
  add(message: () => string, stack?: string): boolean {
    if (this.isFull) return false;
    const now = performance.now();
    if (now >= this.minuteEnds) this.beginMinute(now);
    if (this.inThisMinute >= LINES_A_MINUTE) {
      this.leftOut += 1;
      // It alone must not keep the process alive.
      this.summary ??= setTimeout(() => this.summarize(), this.minuteEnds - now).unref();
      return false;
    }
    this.inThisMinute += 1;
    this.line(message(), stack);
    return true;
  }

  private beginMinute(now: number): void {
    this.summarize();
    this.minuteEnds = now + MINUTE;
    this.inThisMinute = 0;
  }

  private summarize(): void {
    clearTimeout(this.summary);
    this.summary = undefined;
    if (this.leftOut === 0) return;
    const { leftOut } = this;
    this.leftOut = 0;
    this.line(`… and ${leftOut} more ${this.what} in this minute.`);
  }

  private line(message: string, stack?: string): void {
    this.logged += 1;
    this.write(message, stack);
    if (this.logged !== LINES_IN_TOTAL) return;
    this.write(
      `These were ${LINES_IN_TOTAL} lines about ${this.what}: no more of them are logged until the application restarts. All are published on the diagnostics channel \`${this.channel}\`.`,
    );
  }
}

/**
 * The application's logger, which is the user's own code on every request's way: one that throws, or
 * whose promise rejects, ends neither the request nor the process. Node is warned of it, once.
 */
export class GuardedLogger extends Logger {
  private hasFailed = false;

  /** Where Nest's `Logger` hands each message to, those that were buffered at startup included. */
  override get localInstance(): LoggerService {
    const own = super.localInstance as LoggerService | undefined;
    const guarded =
      (level: 'log' | 'warn' | 'error') =>
      (...args: [unknown, ...unknown[]]) =>
        this.attempt(() => own?.[level](...args));
    return { log: guarded('log'), warn: guarded('warn'), error: guarded('error') };
  }

  /** A promise is waited for only to hear of its rejection. */
  private attempt(log: () => unknown): void {
    try {
      const logged: unknown = log();
      if (typeof logged !== 'object' || logged === null) return;
      new Promise((settle) => settle(logged)).catch((error: unknown) => this.fail(error));
    } catch (error) {
      this.fail(error);
    }
  }

  private fail(error: unknown): void {
    if (this.hasFailed) return;
    this.hasFailed = true;
    const { message } = describeThrown(error);
    process.emitWarning(
      `The application's logger failed (${message}): messages of CorsModule are missing in its log. It must not throw, and its promises must not reject.`,
      { code: 'NESTJS_CORS_LOGGER' },
    );
  }
}
