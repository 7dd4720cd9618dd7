import { readOrigins, type OriginRules, type WrittenOrigins } from './written-origins.js';

/** Reads each value of `origin` once, however many policies share it. */
export class OriginReader {
  private readonly known = new Map<unknown, WrittenOrigins>();

  constructor(private readonly rules: OriginRules) {}

  read(written: unknown): WrittenOrigins {
    const origins = this.known.get(written) ?? readOrigins(written, this.rules);
    this.known.set(written, origins);
    return origins;
  }
}
