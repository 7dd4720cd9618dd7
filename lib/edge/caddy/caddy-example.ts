import { escapeExpression } from '../expression.js';
import type { EdgeTables } from '../tables.js';

/** A whole configuration: the application at port 3000, Caddy at port 8080. */
export function caddyExample({ basePath }: EdgeTables): string {
  return `{
	admin off
	auto_https off
}

import ../cors.caddy

http://:8080 {
	bind 127.0.0.1
	import cors
${basePath === '' ? '' : belowBasePath(basePath)}	reverse_proxy 127.0.0.1:3000
	handle_errors {
		import cors_errors
		respond "{err.status_code} {err.status_text}"
	}
}
`;
}

/** `strip_prefix` would join slashes and resolve dots: CORS is decided on what was sent. */
function belowBasePath(basePath: string): string {
  return `\turi path_regexp \`^${escapeExpression(basePath)}(?:/|$)\` /\n`;
}
