import type { CorsOptions } from './cors-options.js';

/** A class that makes the options, for `forRootAsync({ useClass })` and `({ useExisting })`. */
export interface CorsOptionsFactory {
  createCorsOptions(): CorsOptions | Promise<CorsOptions>;
}
