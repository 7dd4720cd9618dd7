import { freePort } from '../../../test/support/free-port.js';
import type { RunningEdge } from '../src/start-edge.js';

/** The sample on ports that nobody has, or with one that somebody has. */
export async function startOnFreePorts(taken: NodeJS.ProcessEnv = {}): Promise<RunningEdge> {
  const [api, page, edge] = [await freePort(), await freePort(), await freePort()];
  Object.assign(process.env, {
    PORT: String(api),
    PAGE_PORT: String(page),
    EDGE_PORT: String(edge),
    CORS_ORIGINS: `http://localhost:${page}`,
    ...taken,
  });
  const { startEdge } = await import('../src/start-edge.js');
  return startEdge({ abortOnError: false, logger: false });
}
