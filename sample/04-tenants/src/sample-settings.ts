import type { ConfigService } from '@nestjs/config';

/** What the sample reads from the environment and from its `.env`. */
export interface SampleSettings {
  readonly port: number;
  /** A PostgreSQL server. Without one, PostgreSQL runs inside the sample. */
  readonly databaseUrl: string | undefined;
  /** Where the PostgreSQL inside the sample keeps its files. Without one: in memory. */
  readonly dataDir: string | undefined;
  /** For how long an origin that is known holds without asking the database, in seconds. */
  readonly originsTtl: number;
  readonly adminToken: string;
  readonly adminOrigins: string[];
}

/** `ADMIN_TOKEN` has no default: one would open the admin endpoint to everybody who read it here. */
export function sampleSettings(config: ConfigService): SampleSettings {
  const adminToken = config.get<string>('ADMIN_TOKEN');
  if (!adminToken) throw new Error('Expected ADMIN_TOKEN to be set: it opens the admin endpoint.');
  return {
    port: Number(config.get<string>('PORT') || 3000),
    databaseUrl: config.get<string>('DATABASE_URL') || undefined,
    dataDir: config.get<string>('DATA_DIR') || undefined,
    originsTtl: Number(config.get<string>('ORIGINS_TTL') || 60),
    adminToken,
    adminOrigins: config.get<string>('ADMIN_ORIGINS', '').split(','),
  };
}
