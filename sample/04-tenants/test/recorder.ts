import type { LoggerService } from '@nestjs/common';

/** Keeps what is logged, as `level: message`. */
export class Recorder implements LoggerService {
  readonly lines: string[] = [];

  log(message: unknown): void {
    this.lines.push(`log: ${String(message)}`);
  }

  warn(message: unknown): void {
    this.lines.push(`warn: ${String(message)}`);
  }

  error(message: unknown): void {
    this.lines.push(`error: ${String(message)}`);
  }

  /** The lines that have a word in them. */
  about(word: string): string[] {
    return this.lines.filter((line) => line.includes(word));
  }
}
