import type { ConfigService } from '@nestjs/config';

/** What the sample reads from the environment and from its `.env`. */
export interface SampleSettings {
  readonly port: number;
  readonly pagePort: number;
  readonly corsOrigins: string[];
}

/**
 * `CORS_ORIGINS` has no default: one would open the API to an origin nobody wrote down. When it is
 * unset or empty, the list is `['']`, and CorsModule refuses to start.
 */
export function sampleSettings(config: ConfigService): SampleSettings {
  return {
    port: Number(config.get<string>('PORT') || 3000),
    pagePort: Number(config.get<string>('PAGE_PORT') || 3001),
    corsOrigins: config.get<string>('CORS_ORIGINS', '').split(','),
  };
}
