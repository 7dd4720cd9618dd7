import type { LoggerService } from '@nestjs/common';

/** A logger that keeps what it is told at one level, and drops the rest. */
export function collectingLogger(level: 'warn' | 'error', messages: string[]): LoggerService {
  const ignore = () => undefined;
  return {
    log: ignore,
    warn: ignore,
    error: ignore,
    [level]: (message: string) => messages.push(message),
  };
}
