import { escapeExpression } from '../expression.js';
import type { EdgeTables } from '../tables.js';

/** A whole configuration: the application at port 3000, HAProxy at port 8080. */
export function haproxyExample({ basePath }: EdgeTables): string {
  return `frontend web from cors
  bind 127.0.0.1:8080
  default_backend api

backend api
  # A page is told at once that the application is down.
  retries 0
${basePath === '' ? '' : belowBasePath(basePath)}  server api 127.0.0.1:3000
`;
}

/** The path stays as it was sent: what CORS is decided on is what the application gets. */
function belowBasePath(basePath: string): string {
  const base = escapeExpression(basePath);
  return `  http-request replace-path '^${base}$' /\n  http-request replace-path '^${base}/(.*)$' '/\\1'\n`;
}
