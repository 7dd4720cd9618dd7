import {
  type BrowserMessage,
  browserMessages,
  checkGuide,
  type CorsCheckId,
  type BrowserName,
  type Stage,
} from '../../lib/browser/index.js';

const BROWSERS: readonly (readonly [BrowserName, string])[] = [
  ['chromium', 'Chromium (Chrome, Edge)'],
  ['firefox', 'Firefox'],
  ['safari', 'Safari'],
];

const STAGES: Readonly<Record<Stage, string>> = {
  request: 'before anything is sent',
  preflight: 'on the preflight response',
  response: 'on the response',
  redirect: 'on a redirect',
};

const ALTERNATIVES = new Intl.ListFormat('en', { type: 'disjunction' });

/** The page `docs/troubleshooting.md`, made from the texts that the code itself uses. */
export function troubleshootingPage(): string {
  // The keys of a record lose their type.
  const checks = Object.keys(checkGuide) as CorsCheckId[];
  return `# Troubleshooting

<!-- Generated from lib/browser/ by test/docs/troubleshooting.spec.ts: UPDATE_DOCS=1 npm test -- test/docs -->

A page cannot see why the browser blocked its request, but the browser's console shows the reason. Search this page for part of that line, or let the tool read it and send the request again:

\`\`\`sh
npx nestjs-cors check --from-message "<the line>"
npx nestjs-cors check https://api.example.com/orders --origin https://app.example.com
\`\`\`

Below are all the checks that browsers make, under the names that the tool uses, each with the messages it can produce. Names in braces stand for the parts that vary. With XMLHttpRequest and in older browsers, messages begin and end differently.

## \`@Cors()\` has no effect

Preflights get Nest's own 404, \`{"message":"Cannot OPTIONS /orders","error":"Not Found","statusCode":404}\`, and no response has CORS headers: \`CorsModule\` is not imported. \`@Cors()\` only sets metadata, so without the module nothing of this package runs, and nothing can warn. \`npx nestjs-cors check\` names it as \`NEST_WITHOUT_CORS\`.

**Fix:** Write \`CorsModule.forRoot({ origin: … })\` among the imports of the root module.

Where the module is imported, startup refuses two \`@Cors()\` on one class or method, and warns of one on a method that is not a route, or on a resolver or gateway.

${checks.map(section).join('\n')}`;
}

function section(check: CorsCheckId): string {
  const { cause, fix } = checkGuide[check];
  const messages = BROWSERS.flatMap(([browser, title]) =>
    browserMessages[browser]
      .filter((message) => message.checks.includes(check))
      .map((message) => messageText(title, message)),
  );
  return `## ${check}

${cause}

**Fix:** ${fix}

${messages.length === 0 ? 'No browser has a message for it.\n' : messages.join('\n')}`;
}

function messageText(browser: string, { at, text }: BrowserMessage): string {
  const where = ALTERNATIVES.format(at.map((stage) => STAGES[stage]));
  return `${browser}, ${where}:

\`\`\`text
${text.replace('{redirected}', '')}
\`\`\`
`;
}
