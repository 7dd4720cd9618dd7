import { Logger, type LoggerService } from '@nestjs/common';
import { describeThrown } from '../text/describe-thrown.js';

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
