import type { RunningEdge } from './start-edge.js';

/** What to open and what to type. */
export function edgeAnnouncement({ edgeUrl, pageUrl }: RunningEdge): string {
  return `
nginx listens on ${edgeUrl}, in front of the orders API. The page calls it:

  ${pageUrl}

Press Enter to stop the API, and again to start it. While it is down, the 502 is nginx's own, and the
page can read it:

  curl -i ${edgeUrl}/orders -H "Origin: ${pageUrl}"
`;
}
