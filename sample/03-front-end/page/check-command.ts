import type { PageCall } from './page-call.js';

/** The command that says why a browser blocks this call of the page. */
export function checkCommand(
  { method, headers, credentials }: PageCall,
  url: string,
  origin: string,
): string {
  return [
    `npx nestjs-cors check ${url}`,
    `--origin ${origin} --method ${method}`,
    ...Object.entries(headers).map(([name, value]) => `--header '${name}: ${value}'`),
    ...(credentials === 'include' ? ['--credentials'] : []),
  ].join(' \\\n  ');
}
