import { simulate } from '../../lib/browser/index.js';
import { changeFor } from '../../lib/diagnosis/servers/change.js';
import { SERVER_NAMES, type ServerName, serverKind } from '../../lib/diagnosis/servers/servers.js';
import type { Sign } from '../../lib/diagnosis/servers/server.js';
import { markdownTable } from './markdown-table.js';

/** All others are started with the change in them each night; these npm and Debian do not have. */
const DOCUMENTED: readonly ServerName[] = [
  'laravel',
  'spring',
  'spring-security',
  'aspnet',
  's3',
  'sam',
  'vercel',
  'api-gateway',
  'cloudfront',
];

const REQUEST = {
  url: 'https://api.example.com/orders/1',
  origin: 'https://app.example.com',
  method: 'PUT',
  headers: [['x-request-id', '1']],
  credentials: true,
  browser: 'chromium',
  forcePreflight: false,
} as const;

/** The page `docs/servers.md`, made from the table that the command itself uses. */
export async function serversPage(): Promise<string> {
  const simulation = await simulate({
    pageOrigin: REQUEST.origin,
    url: REQUEST.url,
    method: REQUEST.method,
    headers: REQUEST.headers,
    credentials: true,
    send: () => Promise.resolve({ status: 404, headers: [] }),
  });
  const sections = SERVER_NAMES.map((server) => {
    const change = changeFor({ ...REQUEST, server }, simulation, []);
    return section(server, change?.code ?? []);
  });
  return `# Changes for other servers

<!-- Generated from lib/diagnosis/servers/ by test/docs/servers.spec.ts: UPDATE_DOCS=1 npm test -- test/docs -->

\`npx nestjs-cors check\` prints the change for a blocked request, written for the server that answered. Many give themselves away; otherwise, \`--for\` names one. Below is what it prints for a page on \`https://app.example.com\` that sends \`PUT https://api.example.com/orders/1\` with credentials and the header \`x-request-id\`, to a server without CORS. For your request and your server it prints other values: what is allowed already is kept, and where it says "and your others", it cannot see them.

Only one layer should send the headers. Where a proxy stands in front of an application, change the application if it has a CORS layer, and the proxy otherwise: with both, \`Access-Control-Allow-Origin\` is sent twice, and browsers refuse that.

${markdownTable(['`--for`', 'server', 'versions', 'recognised by', 'tested'], SERVER_NAMES.map(row))}

"Started" means that the tests start the server, blocked in each of up to nine ways, make the change that is printed, and check that browsers then allow the request.

${sections.join('\n')}`;
}

function row(server: ServerName): readonly string[] {
  const { title, versions, signs = [] } = serverKind(server);
  const tested = DOCUMENTED.includes(server) ? 'against its documentation' : 'started';
  const shown = [...new Set(signs.map(signText))].join(', ');
  return [`[\`${server}\`](#${anchorOf(title)})`, title, versions, shown, tested];
}

function signText(sign: Sign): string {
  if ('header' in sign) return `\`${sign.header}\``;
  return 'url' in sign ? 'its address' : 'its 404';
}

function anchorOf(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
}

function section(server: ServerName, code: readonly string[]): string {
  const { title, documentation, oneLayer } = serverKind(server);
  return `## ${title}

\`--for ${server}\` · [documentation](${documentation})

\`\`\`text
${code.join('\n')}
\`\`\`

Where the header is sent twice:

\`\`\`text
${oneLayer.join('\n')}
\`\`\`
`;
}
