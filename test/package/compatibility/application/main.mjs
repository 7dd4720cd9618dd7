import process from 'node:process';
import { createApp } from './create-app.mjs';

const app = await createApp();
await app.listen(Number(process.env.PORT));
