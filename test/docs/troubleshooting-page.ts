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
  preflight: 'on the response to the preflight',
  response: 'on the response',
  redirect: 'on a redirect',
};

/** The page `docs/troubleshooting.md`, made of what the code itself speaks from. */
export function troubleshootingPage(): string {
  // The keys of a record lose their type.
  const checks = Object.keys(checkGuide) as CorsCheckId[];
  return `# Troubleshooting

<!-- Generated from lib/browser/ by test/docs/troubleshooting.spec.ts: UPDATE_DOCS=1 npm test -- test/docs -->

A page cannot see why the browser blocked its request; the browser's console can. Search this page for a part of the line it shows, or let the command read it and ask the server again:

\`\`\`sh
npx nestjs-cors check --from-message "<the line>"
npx nestjs-cors check https://api.example.com/orders --origin https://app.example.com
\`\`\`

Below is every check that browsers make, under the name the command uses, with the messages for it. Names in braces stand for values that vary; with XMLHttpRequest and in older browser versions, the beginning and the end of a message differ.

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

function messageText(title: string, { at, text }: BrowserMessage): string {
  const where = at.map((stage) => STAGES[stage]).join(' or ');
  return `${title}, ${where}:

\`\`\`text
${text.replace('{redirected}', '')}
\`\`\`
`;
}
