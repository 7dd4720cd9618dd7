import { PAGE_REQUESTS } from './page-requests.js';
import type { PageRequest } from './page-request.js';
import type { PageSettings } from './page-settings.js';

/** The page before its script has run: each request with its policy, and places for the responses. */
export function pageHtml({ apiUrl, corsOrigins }: PageSettings): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CORS, allowed and refused</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
</head>
<body>
<header class="page">
<h1>CORS, allowed and refused</h1>
<p>This page and the orders API have different origins. It calls each route with <code>fetch</code>; your browser decides which responses it may read, and gives its reasons in the developer console.</p>
<dl>
<div><dt>This page</dt><dd><code id="origin"></code> <span id="listed"></span></dd></div>
<div><dt>The API</dt><dd><code>${escapeHtml(apiUrl)}</code> allows <code>CORS_ORIGINS=${escapeHtml(corsOrigins.join(','))}</code></dd></div>
</dl>
<p class="actions">
<button type="button" id="run">Run all</button>
<a id="other"></a>
</p>
<p id="summary" role="status">Sending the requests …</p>
<noscript><p><strong>This page needs JavaScript to call the API.</strong></p></noscript>
</header>
<main>
${PAGE_REQUESTS.map(row).join('\n')}
</main>
<footer>
<p><strong>What the page reads</strong> is everything <code>fetch</code> returns. <strong>What the API sends</strong> comes from this page's server: it repeats the browser's requests with this page's origin, and sees the headers a page cannot. CORS binds browsers, not servers.</p>
</footer>
<script src="page.js"></script>
</body>
</html>
`;
}

function row(request: PageRequest): string {
  const { id, title, policy, policyOf, method, path, headers, credentials } = request;
  const sent = [credentials === 'include' ? 'credentials' : 'no credentials'].concat(
    Object.keys(headers),
  );
  return `<article id="${id}" aria-labelledby="${id}-title">
<div class="head">
<h2 id="${id}-title">${escapeHtml(title)}</h2>
<p class="verdict">running</p>
</div>
<p class="request"><b>${method} ${escapeHtml(path)}</b> with ${sent.join(', ')}</p>
<p class="request"><code>${escapeHtml(policy)}</code> on the ${policyOf}</p>
<p class="expected"></p>
<p class="why"></p>
<div class="answers">
<section><h3>What the page reads</h3><pre class="read"></pre></section>
<section><h3>What the API sends</h3><pre class="answered"></pre></section>
</div>
</article>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
