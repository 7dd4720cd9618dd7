/** What is needed of an application under test: every `INestApplication` has it. */
export interface TestedApplication {
  /** Called before the first request; once more does no harm. */
  init(): Promise<unknown>;
  /** The server of `node:http` that is asked; it need not listen. */
  getHttpServer(): unknown;
  /** Shows whether the platform has to load plugins first. */
  getHttpAdapter(): {
    /** The application of Express or Fastify. */
    getInstance(): unknown;
  };
}
