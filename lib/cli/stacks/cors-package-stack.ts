import { corsOptionsCode } from './cors-options-code.js';
import type { Stack } from './stack.js';

/** Express with `cors`; `@fastify/cors` takes the same options. */
export const corsPackageStack: Stack = {
  title: 'the package cors',
  setting: (setting) => [
    `app.use(cors(${corsOptionsCode(setting)})); // before routes and authentication`,
  ],
  preflight: [
    'app.use(cors({ /* your options */ })); // before routes, redirects and authentication',
  ],
  oneLayer: ['// Remove cors(), or the headers that a proxy adds: one of the two.'],
};
