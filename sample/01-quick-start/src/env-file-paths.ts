import { dirname, join } from 'node:path';

const ENV_FILE = join('sample', '01-quick-start', '.env');

/**
 * Where the sample's `.env` may be: below the working directory, the file that was started, or a
 * directory above either. An application of your own needs none of this, as ConfigModule reads the
 * `.env` of the working directory; a sample is started from the repository.
 */
export function envFilePaths(cwd = process.cwd(), mainFile = process.argv[1] ?? cwd): string[] {
  return [...ancestors(cwd), ...ancestors(dirname(mainFile))].map((dir) => join(dir, ENV_FILE));
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}
