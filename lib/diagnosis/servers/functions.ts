import {
  doubleQuoted,
  escapedOrigin,
  headersOf,
  isOpen,
  quoted,
  quotedList,
  type ServerKind,
  type Setting,
} from './server.js';

/** Next.js: entries of `headers()`, one for each origin. */
export const nextjs: ServerKind = {
  title: 'Next.js',
  versions: 'Next.js 14 to 16',
  documentation: 'https://nextjs.org/docs/app/api-reference/config/next-config-js/headers',
  signs: [
    { header: 'x-powered-by', value: /^Next\.js/i },
    { header: 'vary', value: /next-router-state-tree/i },
  ],
  change: (setting) => [
    '// next.config.js: into the list that headers() returns, beside your others; one entry an origin',
    ...setting.origins.flatMap((origin) => [
      '{',
      "  source: '/:path*',",
      ...(isOpen(setting)
        ? []
        : [
            `  has: [{ type: 'header', key: 'origin', value: '${escapedOrigin(origin).replaceAll('\\', '\\\\')}' }],`,
          ]),
      '  headers: [',
      ...headersOf(setting, origin).map(
        ([name, value]) => `    { key: '${name}', value: ${quoted(value)} },`,
      ),
      '  ],',
      '},',
    ]),
    ...(isOpen(setting)
      ? []
      : ["{ source: '/:path*', headers: [{ key: 'Vary', value: 'Origin' }] },"]),
    '// Route handlers (app/) answer OPTIONS on their own. In pages/api, begin the handler with',
    "// if (req.method === 'OPTIONS') return res.status(204).end();",
  ],
  oneLayer: ['// Remove either headers() in next.config.js or the headers that a handler sets.'],
};

/** Functions and files on Vercel: entries in `vercel.json`. */
export const vercel: ServerKind = {
  title: 'Vercel',
  versions: 'vercel.json of 2025',
  documentation: 'https://vercel.com/docs/project-configuration#headers',
  isProxy: true,
  signs: [
    { header: 'x-vercel-id', value: /./ },
    { header: 'server', value: /^Vercel$/i },
  ],
  change: (setting) => [
    '// vercel.json: into "headers", beside your others; one entry an origin',
    ...setting.origins.flatMap((origin) => [
      '{',
      '  "source": "/(.*)",',
      ...(isOpen(setting)
        ? []
        : [
            `  "has": [{ "type": "header", "key": "origin", "value": "${escapedOrigin(origin).replaceAll('\\', '\\\\')}" }],`,
          ]),
      '  "headers": [',
      headersOf(setting, origin)
        .map(([name, value]) => `    { "key": "${name}", "value": ${doubleQuoted(value)} }`)
        .join(',\n'),
      '  ]',
      '},',
    ]),
    '{ "source": "/(.*)", "headers": [{ "key": "Vary", "value": "Origin" }] }',
    '// The function answers OPTIONS itself, with 204. Deployment Protection answers 401 before it: exempt',
    '// OPTIONS in the settings of the project.',
  ],
  oneLayer: ['// Remove either "headers" in vercel.json or the headers that the function sets.'],
};

/** An Edge Function of Supabase, which runs in Deno. */
export const supabase: ServerKind = {
  title: 'Supabase Edge Functions',
  versions: 'Deno 2',
  documentation: 'https://supabase.com/docs/guides/functions/cors',
  signs: [
    { url: /^https?:\/\/[^/]+\.(?:functions\.)?supabase\.co\// },
    { header: 'x-served-by', value: /supabase-edge-runtime/i },
  ],
  change(setting) {
    const open = isOpen(setting);
    const headers = headersOf(withClient(setting), 'origin').map(
      ([name, value]) => `    '${name}': ${value === 'origin' ? value : quoted(value)},`,
    );
    return [
      '// around your handler, whose other headers stay; its errors need the headers, too',
      ...(open ? [] : [`const allowed = [${quotedList(setting.origins)} /* and your others */];`]),
      'Deno.serve(async (request) => {',
      ...(open
        ? ['  const cors = {', ...headers, '  };']
        : [
            "  const origin = request.headers.get('Origin') ?? '';",
            '  const cors = !allowed.includes(origin) ? {} : {',
            ...headers,
            '  };',
          ]),
      "  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: cors });",
      '  const yours = await handler(request);',
      '  const response = new Response(yours.body, yours);',
      '  for (const [name, value] of Object.entries(cors)) response.headers.set(name, value);',
      ...(open ? [] : ["  response.headers.append('Vary', 'Origin');"]),
      '  return response;',
      '});',
    ];
  },
  oneLayer: ['// Set the headers in one place: in the function, not in a proxy as well.'],
};

/** What the client library of Supabase sends. */
function withClient(setting: Setting): Setting {
  const names = [...setting.allowedHeaders, 'authorization', 'x-client-info', 'apikey'];
  return { ...setting, allowedHeaders: [...new Set([...names, 'content-type'])] };
}

/** A function of Firebase, whose `cors` cannot allow credentials. */
export const firebase: ServerKind = {
  title: 'Firebase Functions',
  versions: 'firebase-functions 6 and 7',
  documentation: 'https://firebase.google.com/docs/functions/http-events',
  signs: [
    { url: /^https?:\/\/[^/]+\.cloudfunctions\.net\// },
    { header: 'function-execution-id', value: /./ },
  ],
  change: (setting) => [
    ...(setting.credentials
      ? [
          '// Its option `cors` has no credentials, so: npm install cors',
          'const withCors = cors({',
          `  origin: [${quotedList(setting.origins)} /* and your others */],`,
          '  credentials: true,',
          '});',
          'export const api = onRequest((request, response) => {',
          '  withCors(request, response, () => handler(request, response));',
          '});',
        ]
      : [
          '// beside your other options; onCall() takes the same',
          `export const api = onRequest({ cors: ${isOpen(setting) ? 'true' : `[${quotedList(setting.origins)} /* and your others */]`} }, handler);`,
        ]),
    "// A 401 or 403 to OPTIONS comes from IAM, not from the function: it needs `invoker: 'public'`.",
  ],
  oneLayer: ['// Remove either `cors` or the headers that the handler sets.'],
};
