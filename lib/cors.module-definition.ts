import { ConfigurableModuleBuilder } from '@nestjs/common';
import type { CorsOptions } from './options/cors-options.js';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<CorsOptions>({ moduleName: 'Cors' })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createCorsOptions')
    .setExtras({}, (definition) => ({ ...definition, global: true }))
    .build();
