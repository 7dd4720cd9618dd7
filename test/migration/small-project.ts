/** The root module of a small application. */
export const MODULE = `import { Module } from '@nestjs/common';

@Module({
  imports: [],
})
export class AppModule {}
`;

/** Its main file, with lines between the creation of the application and its start. */
export const mainWith = (lines: string, head = '') => `import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module';
${head}
async function bootstrap() {
  const app = await NestFactory.create(AppModule);
${lines}
  await app.listen(3000);
}
void bootstrap();
`;

/** The call of `CorsModule` in the root module, without indentation. */
export function callIn(text: string): string {
  const start = text.search(/(?<!pages: )CorsModule\.forRoot/);
  const end = text.indexOf('\n  ],', start);
  const call = text.slice(
    start,
    end === -1 || text.slice(start).indexOf('],\n})') < end - start
      ? text.indexOf('],\n})', start)
      : end,
  );
  return call
    .trim()
    .replace(/\n {4}/g, '\n')
    .replace(/,$/, '');
}
