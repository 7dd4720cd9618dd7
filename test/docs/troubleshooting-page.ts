import {
  type BrowserMessage,
  browserMessages,
  checkGuide,
  type CorsCheckId,
  type BrowserName,
  type Stage,
} from '../../lib/browser/index.js';
import { earlierMessages } from '../../lib/browser/messages/earlier.js';
import { LOOKALIKES } from '../../lib/diagnosis/lookalikes.js';
import { lookalikeWordings } from './lookalike-wordings.js';

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

<!-- Generated from lib/browser/ and lib/diagnosis/ by test/docs/troubleshooting.spec.ts: UPDATE_DOCS=1 npm test -- test/docs -->

A page cannot see why the browser blocked its request, but the browser's console shows the reason. Search this page for part of that line, or let the tool read it and send the request again. It takes more than a line: a curl line, Copy as fetch, response headers, a HAR file, from a file or a pipe:

\`\`\`sh
npx nestjs-cors check --paste "<the line>"
npx nestjs-cors check https://api.example.com/orders --origin https://app.example.com
\`\`\`

Some messages [only look like CORS](#what-only-looks-like-cors), and no header helps. All others are below: the checks that browsers make, under the names that the tool uses, each with the messages it can produce. Names in braces stand for the parts that vary. With XMLHttpRequest and in older browsers, messages begin and end differently; Firefox translates them, but for the technical words.

How to change Express, nginx, Spring and 26 other servers: [changes for other servers](servers.md).

## \`@Cors()\` has no effect

Preflights get Nest's own 404, \`{"message":"Cannot OPTIONS /orders","error":"Not Found","statusCode":404}\`, and no response has CORS headers: \`CorsModule\` is not imported. \`@Cors()\` only sets metadata, so without the module nothing of this package runs, and nothing can warn. \`npx nestjs-cors check\` names it as \`NEST_WITHOUT_CORS\`.

**Fix:** Write \`CorsModule.forRoot({ origin: … })\` among the imports of the root module.

Where the module is imported, startup refuses two \`@Cors()\` on one class or method, and warns of one on a method that is not a route, or on a resolver or gateway.

${checks.map(section).join('\n')}
${lookalikesSection()}`;
}

/** A check, and under it a heading for each message: what is linked to and searched for. */
function section(check: CorsCheckId): string {
  const { cause, fix } = checkGuide[check];
  const parts = [...messagesOf(check), ...earlierOf(check)];
  return `## ${check}

${cause}

**Fix:** ${fix}

${parts.length === 0 ? 'No browser has a message for it.\n' : parts.join('\n')}`;
}

/** One heading for all messages with the same words, since browsers frame them by stage. */
function messagesOf(check: CorsCheckId): readonly string[] {
  const messages = BROWSERS.flatMap(([browser, title]) =>
    browserMessages[browser]
      .filter((message) => message.checks.includes(check))
      .map((message) => ({ title, message })),
  );
  const reasons = [...new Set(messages.map(({ message }) => message.reason))];
  return reasons.map((reason) => {
    const same = messages.filter(({ message }) => message.reason === reason);
    const texts = same.map(({ title, message }) => messageText(title, message));
    return `${heading(reason)}\n\n${texts.join('\n')}`;
  });
}

function earlierOf(check: CorsCheckId): readonly string[] {
  return earlierMessages
    .filter(({ checks }) => checks.includes(check))
    .map(
      ({ reason }) => `${heading(reason)}\n\nEarlier browsers:\n\n\`\`\`text\n${reason}\n\`\`\`\n`,
    );
}

/** The words of a message in one line, without the end of Firefox's bracket. */
export function headingText(reason: string): string {
  return reason.replaceAll(/ +/g, ' ').replace(/^([^(]+)\)$/, '$1');
}

/** Markdown reads what is between angle brackets and asterisks. */
function heading(reason: string): string {
  return `### ${headingText(reason).replaceAll(/[\\*_<>[\]`]/g, '\\$&')}`;
}

function messageText(browser: string, { at, text }: BrowserMessage): string {
  const where = ALTERNATIVES.format(at.map((stage) => STAGES[stage]));
  return `${browser}, ${where}:

\`\`\`text
${text.replace('{redirected}', '')}
\`\`\`
`;
}

function lookalikesSection(): string {
  const sections = LOOKALIKES.map(({ id, cause, fix }) => {
    const wordings = lookalikeWordings[id] ?? [];
    return `### ${id}

${cause}

**What helps:** ${fix}

\`\`\`text
${wordings.join('\n')}
\`\`\`
`;
  });
  return `## What only looks like CORS

Pages and consoles report these much like CORS, and no CORS header changes them. The tool says so first.

${sections.join('\n')}`;
}
