import { Logger, Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { sampleSettings } from '../sample-settings.js';
import { Database } from './database.js';
import { PgDatabase } from './pg-database.js';
import { PgliteDatabase } from './pglite-database.js';

/** The server of `DATABASE_URL`, or PostgreSQL inside this process. */
@Module({
  providers: [
    {
      provide: Database,
      inject: [ConfigService],
      useFactory: (config: ConfigService): Database | Promise<Database> => {
        const { databaseUrl, dataDir } = sampleSettings(config);
        if (databaseUrl !== undefined) return new PgDatabase(databaseUrl);
        const place = dataDir ?? 'memory';
        new Logger('Database').log(`PostgreSQL starts in this process, in ${place}: some seconds.`);
        return PgliteDatabase.open(dataDir);
      },
    },
  ],
  exports: [Database],
})
export class DatabaseModule {}
