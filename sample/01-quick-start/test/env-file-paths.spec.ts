import { join } from 'node:path';
import { envFilePaths } from '../src/env-file-paths.js';

const ROOT = join('/', 'home', 'someone', 'nestjs-cors');
const ENV_FILE = join(ROOT, 'sample', '01-quick-start', '.env');

describe('envFilePaths', () => {
  it.each([
    ['from the repository', ROOT, '/elsewhere/main.js'],
    ['from a directory inside', join(ROOT, 'sample', '02-fastify'), '/elsewhere/main.js'],
    ['from anywhere', '/', join(ROOT, 'sample', '01-quick-start', 'dist', 'main.js')],
  ])('finds .env %s', (_, cwd, mainFile) => {
    expect(envFilePaths(cwd, mainFile)).toContain(ENV_FILE);
  });

  it('has the working directory first', () => {
    expect(envFilePaths(ROOT, '/elsewhere/main.js')[0]).toBe(ENV_FILE);
  });
});
