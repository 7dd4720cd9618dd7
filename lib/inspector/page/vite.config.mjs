import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

/**
 * Builds the inspector's page into one file, dist/inspector.html: it opens from a disk, and requests
 * nothing from anywhere.
 */
export default defineConfig({
  root: here('.'),
  resolve: {
    // The list of public suffixes is half as large as all that the page may be, and decides nothing in it.
    alias: {
      tldts: here('reading/no-suffixes.ts'),
    },
  },
  // Not for developers of the page, whatever NODE_ENV says: that would name files of this machine.
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact', jsxDev: false },
  build: {
    outDir: here('../../../dist'),
    // The package is there already.
    emptyOutDir: false,
    target: 'es2022',
    modulePreload: false,
    cssCodeSplit: false,
    reportCompressedSize: false,
    rollupOptions: {
      input: here('index.html'),
      output: { format: 'iife', inlineDynamicImports: true },
    },
  },
  plugins: [oneFile()],
  logLevel: 'warn',
});

function here(path) {
  return fileURLToPath(new URL(path, import.meta.url));
}

/** Puts the script and the styles into the page, and lets nothing else in. */
function oneFile() {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle(_, bundle) {
      const parts = Object.values(bundle);
      const script = inlineScript(parts.find(({ type }) => type === 'chunk').code);
      const style = String(parts.find(({ fileName }) => fileName.endsWith('.css')).source).trim();
      const page = String(parts.find(({ fileName }) => fileName.endsWith('.html')).source);
      for (const { fileName } of parts) delete bundle[fileName];
      const html = page
        .replace(/\s*<script[^>]*src=[^>]*><\/script>/, '')
        .replace(/\s*<link[^>]*rel="stylesheet"[^>]*>/, '')
        .replace(
          '<meta charset="utf-8" />',
          (charset) => `${charset}\n    ${policyOf(script, style)}`,
        )
        .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
        .replace('</body>', () => `  <script id="program">${script}</script>\n  </body>`);
      this.emitFile({ type: 'asset', fileName: 'inspector.html', source: html });
    },
  };
}

/** Inside a page, a script must not end it, nor begin a comment. */
function inlineScript(code) {
  return code.trim().replaceAll(/<(\/script|!--)/gi, '\\x3C$1');
}

/** The one script and the one style sheet, the doors of the server that the page came from, workers of its own. */
function policyOf(script, style) {
  const policy = [
    "default-src 'none'",
    // Its own icon.
    'img-src data:',
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "connect-src 'self'",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return `<meta http-equiv="Content-Security-Policy" content="${policy}" />`;
}

function hashOf(text) {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
