import type { ConfigService } from '@nestjs/config';
import type { CorsEnvironment } from 'nestjs-cors/class-validator';

/** The variables that the sample reads, after `CorsEnvironment.validate()`. */
export interface SampleEnvironment extends CorsEnvironment {
  readonly PORT?: string;
  readonly PAGE_PORT?: string;
}

/** What the sample reads from the environment and from its `.env`. */
export interface SampleSettings {
  readonly port: number;
  readonly pagePort: number;
  readonly corsOrigins: string[];
}

/** Empty ports count as not set. `CORS_ORIGINS` has no default: without it the sample does not start. */
export function sampleSettings(config: ConfigService<SampleEnvironment, true>): SampleSettings {
  return {
    port: Number(config.get('PORT') || 3000),
    pagePort: Number(config.get('PAGE_PORT') || 3001),
    corsOrigins: config.get('CORS_ORIGINS', { infer: true }),
  };
}
