import type { RequestReader } from './request-reader.js';

/** The parts of a CORS-preflight request that decide, as the platform hands them over. */
export interface PreflightMessage {
  readonly origin: string;
  readonly method: string;
  readonly headers: string | undefined;
  readonly target: string;
  readonly source: unknown;
  readonly reader: RequestReader;
}
