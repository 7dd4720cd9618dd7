import {
  type BrowserName,
  type HeaderLines,
  PreflightCache,
  simulate,
  type Simulation,
} from '../../../lib/browser/index.js';
import type { LiveRow } from './live-row.js';
import type { LiveServers } from './live-servers.js';
import type { ModelSend } from './model-send.js';

/** Asks the browser model what becomes of the calls of a row. */
export async function runInModel(
  browser: BrowserName,
  network: ModelSend,
  servers: LiveServers,
  { from = 'page', calls }: LiveRow,
  run: string,
): Promise<readonly Simulation[]> {
  const preflightCache = new PreflightCache();
  const simulations: Simulation[] = [];
  for (const { by, path, method, headers, body, credentials, mode } of calls) {
    const accept: HeaderLines = by === 'event-source' ? [['accept', 'text/event-stream']] : [];
    const simulation = simulate({
      pageOrigin: servers.originOf(from),
      url: servers.url(path, run),
      headers: [...accept, ...Object.entries(headers ?? {})],
      credentials: credentials === true ? 'include' : 'same-origin',
      forcePreflight: by === 'upload',
      ...(method !== undefined && { method }),
      ...(mode !== undefined && { mode }),
      browser,
      preflightCache,
      send: network.with(body),
    });
    // oxlint-disable-next-line no-await-in-loop
    simulations.push(await simulation);
  }
  return simulations;
}
