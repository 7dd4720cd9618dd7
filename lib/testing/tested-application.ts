/** What is needed of an application under test: every `INestApplication` has it. */
export interface TestedApplication {
  init(): Promise<unknown>;
  getHttpServer(): unknown;
  getHttpAdapter(): { getInstance(): unknown };
}
