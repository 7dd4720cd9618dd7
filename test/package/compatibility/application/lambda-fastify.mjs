import awsLambdaFastify from '@fastify/aws-lambda';
import { createApp } from './create-app.mjs';

const app = await createApp();
await app.init();
export const handler = awsLambdaFastify(app.getHttpAdapter().getInstance());
