import { spawn } from 'node:child_process';
import { PortTakenError } from '../../01-quick-start/src/port-taken-error.js';
import { viteBin } from './vite-bin.js';

/** Vite's dev server, in a process of its own. */
export interface ViteServer {
  close(): Promise<void>;
}

/** Runs `vite` on this sample, as a front end's `npm run dev` does. From the root of the repository. */
export async function startVite(port: number, apiUrl: string): Promise<ViteServer> {
  const child = spawn(
    process.execPath,
    [viteBin(), 'sample/03-front-end', '--port', String(port), '--strictPort'],
    { env: { ...process.env, VITE_API_URL: apiUrl, NO_COLOR: '1' } },
  );
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  child.stderr.setEncoding('utf8');
  child.stdout.setEncoding('utf8');
  await new Promise<void>((ready, reject) => {
    let output = '';
    const read = (chunk: string) => {
      output += chunk;
      // Vite's dev server prints its address once it listens.
      if (output.includes(`:${port}/`)) ready();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('error', reject);
    child.once('close', () => {
      const error = new Error(`Vite ended before it listened: ${output}`);
      // Its own words, with --strictPort: "Error: Port 3001 is already in use".
      reject(
        /already in use/.test(output)
          ? new PortTakenError(port, 'PAGE_PORT', { cause: error })
          : error,
      );
    });
  });
  return {
    close: async () => {
      child.kill();
      await ended;
    },
  };
}
