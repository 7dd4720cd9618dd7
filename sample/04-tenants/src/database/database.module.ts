import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { sampleSettings } from '../sample-settings.js';
import { Database } from './database.js';
import { PgDatabase } from './pg-database.js';
import { PgliteDatabase } from './pglite-database.js';

/** The server of `DATABASE_URL`, or else PostgreSQL inside this process. */
@Module({
  providers: [
    {
      provide: Database,
      inject: [ConfigService],
      useFactory: (config: ConfigService): Database | Promise<Database> => {
        const { databaseUrl, dataDir } = sampleSettings(config);
        return databaseUrl === undefined
          ? PgliteDatabase.open(dataDir)
          : new PgDatabase(databaseUrl);
      },
    },
  ],
  exports: [Database],
})
export class DatabaseModule {}
