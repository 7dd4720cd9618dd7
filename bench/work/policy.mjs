/** The origin every request of the benches comes from. */
export const ORIGIN = 'https://app.example.com';

/**
 * One policy for everything that is measured, in the options that `CorsModule.forRoot()`,
 * `app.enableCors()`, `cors` and `@fastify/cors` have in common.
 */
export const POLICY = {
  origin: ['https://admin.example.com', ORIGIN],
  credentials: true,
  exposedHeaders: ['x-total-count'],
  maxAge: 600,
};

/** The same for layers that do not know which methods are mapped. */
export const POLICY_WITH_METHODS = { ...POLICY, methods: ['GET', 'PUT'] };
