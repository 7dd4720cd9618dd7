import type { HeaderLines } from '../browser/index.js';
import { PROBE_HEADER } from '../fetch/origins.js';
import { nodeSend } from '../network/node-send.js';
import type { Verification } from '../review/verify/verify-policy.js';
import { printable, printableJson } from '../text/escape.js';
import { blankSecrets, withoutSecrets } from '../text/secrets.js';
import { policyFileAt } from './policy-files.js';
import { headerLine, seconds } from './read-arguments.js';
import { requestText, verificationText } from './render/verification.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The options of `verify` as `commander` gives them. */
export interface VerifyCommandOptions {
  readonly url: string;
  readonly header: readonly string[];
  readonly param: readonly string[];
  readonly unsafe?: boolean;
  readonly timeout: string;
  readonly insecure?: boolean;
  readonly json?: boolean;
}

/** At four at a time, and a tenth of a second each, two minutes. */
const MOST_REQUESTS = 5000;
const LONGEST = 600_000;

/**
 * The command `verify`, with its exit code: 0 as the file says, or the same in other words, 1 looser or
 * tighter.
 *
 * @throws UsageError for a server that is down, silent or somewhere else
 */
export async function runVerify(
  path: string,
  options: VerifyCommandOptions,
  terminal: Terminal,
): Promise<number> {
  const url = urlOf(options.url);
  const headers = options.header.map(headerLine);
  checkHeaders(headers);
  const params = new Map(options.param.map(paramOf));
  const timeout = seconds(options.timeout) * 1000;
  const file = await policyFileAt(path, terminal);
  const { verifyPolicy, VerifyError } = await import('../review/verify/verify-policy.js');
  let verification: Verification;
  try {
    verification = await verifyPolicy(file, {
      url,
      headers,
      params,
      unsafe: options.unsafe === true,
      limit: MOST_REQUESTS,
      time: LONGEST,
      send: nodeSend({ timeout, insecure: options.insecure === true, headers: OWN_HEADERS }),
    });
  } catch (error) {
    if (!(error instanceof VerifyError)) throw error;
    throw new UsageError(`Nothing could be verified: ${blankSecrets(printable(error.message))}`);
  }
  const exitCode = exitCodeOf(verification);
  const text =
    options.json === true
      ? `${printableJson({ version: 1, exitCode, ...jsonOf(verification) })}\n`
      : verificationText(verification, url, terminal);
  terminal.out(blankSecrets(text));
  return exitCode;
}

const OWN_HEADERS: HeaderLines = [
  ['User-Agent', 'Mozilla/5.0 (compatible; nestjs-cors verify)'],
  ['Accept', '*/*'],
  [PROBE_HEADER, '?1'],
];

function exitCodeOf({ differences, cutShort, sent, unanswered }: Verification): number {
  if (differences.some(({ kind }) => kind !== 'cosmetic')) return 1;
  // Who has not seen all of it cannot say that it is as it should be.
  return cutShort !== undefined || sent === 0 || unanswered > 0 ? 2 : 0;
}

function urlOf(text: string): URL {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text);
  throw new UsageError(
    `Expected \`--url\` to begin with http:// or https://, got \`${printable(text)}\`. ` +
      'Write where the application is deployed, such as `https://api.example.com`.',
  );
}

function checkHeaders(headers: HeaderLines): void {
  const own = headers.find(([name]) => /^(?:origin|access-control-request-.*)$/i.test(name));
  if (own === undefined) return;
  throw new UsageError(
    `Expected \`--header\` not to be \`${printable(own[0])}\`: each request has its own. Leave it out.`,
  );
}

function paramOf(text: string): readonly [string, string] {
  const equals = text.indexOf('=');
  if (equals > 0) return [text.slice(0, equals), text.slice(equals + 1)];
  throw new UsageError(
    `Expected \`--param\` to be \`name=value\`, got \`${printable(text)}\`. Write for example \`--param id=1\`.`,
  );
}

function jsonOf({ differences, ...rest }: Verification) {
  const blank = (headers: HeaderLines) => withoutSecrets(headers);
  return {
    ...rest,
    differences: differences.map(({ request, expected, received, ...difference }) => ({
      ...difference,
      place: request.place,
      request: requestText(request),
      origin: request.origin ?? null,
      witness: request.witness?.label ?? null,
      expected: { ...expected, headers: blank(expected.headers) },
      received: { ...received, headers: blank(received.headers) },
    })),
  };
}
