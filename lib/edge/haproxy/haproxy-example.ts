import type { EdgeTables } from '../tables.js';

/** A whole configuration: the application at port 3000, HAProxy at port 8080. */
export function haproxyExample({ basePath }: EdgeTables): string {
  return `frontend web from cors
  bind 127.0.0.1:8080
  default_backend api

backend api
  # A page is told at once that the application is down.
  retries 0
${basePath === '' ? '' : `  http-request replace-path ${basePath}(/.*)? \\1\n`}  server api 127.0.0.1:3000
`;
}
