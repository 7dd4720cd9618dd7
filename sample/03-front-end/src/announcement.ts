import type { RunningFrontEnd } from './start-front-end.js';

/** What to open, for whoever has just started the sample. */
export function announcement({ apiUrl, pageUrl, corsOrigins }: RunningFrontEnd): string {
  return `
The orders API listens on ${apiUrl}, with CORS_ORIGINS=${corsOrigins.join(',')}
Vite serves the page and passes /api on to the API. Open the page on two origins:

  ${pageUrl}
  ${pageUrl.replace('localhost', '127.0.0.1')}
`;
}
