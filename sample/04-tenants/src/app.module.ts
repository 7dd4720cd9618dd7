import { Module, ValidationPipe } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_PIPE } from '@nestjs/core';
import { CorsModule } from 'nestjs-cors';
import { AdminController } from './admin/admin.controller.js';
import { OrdersController } from './orders/orders.controller.js';
import { sampleSettings } from './sample-settings.js';
import { TenantOrigins } from './tenants/tenant-origins.js';
import { TenantsModule } from './tenants/tenants.module.js';

@Module({
  imports: [
    ConfigModule.forRoot({ isGlobal: true, envFilePath: 'sample/04-tenants/.env' }),
    CorsModule.forRootAsync({
      inject: [ConfigService],
      useFactory: (config: ConfigService) => {
        const { adminOrigins, originsTtl } = sampleSettings(config);
        return {
          origin: TenantOrigins,
          credentials: true,
          resolver: { ttl: originsTtl * 1000, max: 10_000, timeout: 1000 },
          policies: { admin: { origin: adminOrigins, credentials: false } },
        };
      },
    }),
    TenantsModule,
  ],
  controllers: [OrdersController, AdminController],
  providers: [
    {
      // It needs class-validator and class-transformer to be installed.
      provide: APP_PIPE,
      useValue: new ValidationPipe(),
    },
  ],
})
export class AppModule {}
