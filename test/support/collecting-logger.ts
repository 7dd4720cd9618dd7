import type { LoggerService } from '@nestjs/common';

/** A logger that keeps the messages of one level, and drops the others. */
export function collectingLogger(level: 'warn' | 'error', messages: string[]): LoggerService {
  const ignore = () => undefined;
  return {
    log: ignore,
    warn: ignore,
    error: ignore,
    [level]: (message: string) => messages.push(message),
  };
}
