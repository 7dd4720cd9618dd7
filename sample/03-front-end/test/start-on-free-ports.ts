import { freePort } from '../../../test/support/free-port.js';
import type { RunningFrontEnd } from '../src/start-front-end.js';

/** The sample on free ports, and the two origins that its page has. */
export interface SampleUnderTest {
  readonly sample: RunningFrontEnd;
  readonly pagePort: number;
  /** The origin that the API allows. */
  readonly listed: string;
  /** The same page, on an origin that it does not allow. */
  readonly stranger: string;
}

/** Starts the sample as `npm run start:front-end` does. */
export async function startOnFreePorts(): Promise<SampleUnderTest> {
  const pagePort = await freePort();
  const listed = `http://localhost:${pagePort}`;
  process.env['PORT'] = '0';
  process.env['PAGE_PORT'] = String(pagePort);
  // Importing the sample reads the environment.
  process.env['CORS_ORIGINS'] = listed;
  const { startFrontEnd } = await import('../src/start-front-end.js');
  const sample = await startFrontEnd({ abortOnError: false, logger: false });
  return { sample, pagePort, listed, stranger: `http://127.0.0.1:${pagePort}` };
}
