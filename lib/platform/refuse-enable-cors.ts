import type { AbstractHttpAdapter } from '@nestjs/core';
import { CorsConfigError } from '../options/refusal/cors-config-error.js';

/**
 * Two CORS layers on one application contradict each other header by header, so the other one is
 * refused: `app.enableCors()`, and `NestFactory.create(AppModule, { cors: true })`.
 */
export function refuseEnableCors(adapter: AbstractHttpAdapter): void {
  adapter.enableCors = (options?: unknown) => {
    throw new CorsConfigError([
      {
        path: 'app.enableCors()',
        value: options,
        reason: 'enable-cors-conflict',
        message:
          'Expected one CORS layer, got `app.enableCors()` (or the option `cors` of `NestFactory.create`) next to `CorsModule`. Remove it, and move its options to `CorsModule.forRoot()`.',
      },
    ]);
  };
}
