import { Module } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { CorsModule } from 'nestjs-cors';
import { CorsEnvironment } from 'nestjs-cors/class-validator';
import { AdminController } from './admin/admin.controller.js';
import { envFilePaths } from './env-file-paths.js';
import { OrdersController } from './orders/orders.controller.js';
import { OrdersService } from './orders/orders.service.js';
import { sampleSettings, type SampleEnvironment } from './sample-settings.js';

@Module({
  imports: [
    ConfigModule.forRoot({
      isGlobal: true,
      envFilePath: envFilePaths(),
      validate: CorsEnvironment.validate,
    }),
    CorsModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService<SampleEnvironment, true>) => ({
        origin: sampleSettings(config).corsOrigins,
        credentials: true,
      }),
    }),
  ],
  controllers: [OrdersController, AdminController],
  providers: [OrdersService],
})
export class AppModule {}
