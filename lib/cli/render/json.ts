import type { HeaderLines } from '../../browser/http/http-exchange.js';
import type { IdentifiedMessage } from '../../browser/messages/identify-message.js';
import type { CheckReport } from '../check.js';

/** What a pasted message told, and what the server showed; either may be missing. */
interface Findings {
  readonly pasted: IdentifiedMessage | null;
  readonly report: CheckReport | null;
  readonly exitCode: number;
}

/** A report for programs. Fields are added in new versions, never changed or removed in one. */
export function reportJson({ pasted, report, exitCode }: Findings): string {
  return asciiJson({
    version: 1,
    exitCode,
    ...(pasted !== null && { pasted }),
    ...(report !== null && liveFields(report)),
  });
}

function liveFields({
  asked,
  simulation,
  conclusion,
  cause,
  remedy,
  code,
  warnings,
}: CheckReport): object {
  const { url, origin, method, headers, credentials, browser, stack } = asked;
  return {
    verdict: conclusion.verdict,
    check: simulation.failedCheck,
    at: simulation.blockedAt,
    message: simulation.message,
    cause,
    fix: remedy === null ? null : { sentence: remedy, for: stack, code },
    request: { url, origin, method, headers: withoutSecrets(headers), credentials, browser },
    steps: simulation.steps.map(({ kind, why, request, response, failedCheck }) => ({
      kind,
      why,
      request: {
        method: request.method,
        url: request.url,
        headers: withoutSecrets(request.headers),
      },
      response,
      check: failedCheck,
    })),
    warnings,
    exposed: simulation.exposed,
  };
}

/** Reports end up in logs. */
function withoutSecrets(headers: HeaderLines): HeaderLines {
  return headers.map(([name, value]) =>
    name.toLowerCase() === 'authorization' ? [name, '(not shown)'] : [name, value],
  );
}

/**
 * A value as JSON in printable ASCII: `JSON.stringify` escapes control characters up to U+001F
 * only, and terminals obey those from U+0080 to U+009F, too.
 */
export function asciiJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /[\u007f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
