import type { RunningSample } from './start-sample.js';

/** What to open and what to type, for whoever has just started the sample. */
export function announcement({
  apiUrl,
  pageUrl,
  corsOrigins,
  inspectorUrl,
}: RunningSample): string {
  const inspector =
    inspectorUrl === null
      ? ''
      : `\nSee who may call what, and why a call is refused:\n\n  ${inspectorUrl}\n`;
  return `
The orders API listens on ${apiUrl}, with CORS_ORIGINS=${corsOrigins.join(',')}
Watch a browser allow and refuse calls to it. Open the same page on two origins:

  ${pageUrl}
  ${pageUrl.replace('localhost', '127.0.0.1')}
${inspector}
Or send the preflight a browser sends before a PUT:

  curl -i -X OPTIONS ${apiUrl}/orders/1 -H "Origin: ${pageUrl}" -H "Access-Control-Request-Method: PUT" -H "Access-Control-Request-Headers: content-type"
`;
}
