import serverlessExpress from '@codegenie/serverless-express';
import { createApp } from './create-app.mjs';

const app = await createApp();
await app.init();
export const handler = serverlessExpress({ app: app.getHttpAdapter().getInstance() });
