import type { HeaderLines, IdentifiedMessage } from '../../browser/index.js';
import type { CheckReport } from '../../diagnosis/check.js';
import { printableJson } from '../../text/escape.js';

/** What a pasted message says, and what the server showed; either may be missing. */
interface ReportParts {
  readonly pasted: IdentifiedMessage | null;
  readonly report: CheckReport | null;
  readonly exitCode: number;
}

/** A report for programs. Fields are added in new versions, never changed or removed in one. */
export function reportJson({ pasted, report, exitCode }: ReportParts): string {
  return printableJson({
    version: 1,
    exitCode,
    ...(pasted !== null && { pasted }),
    ...(report !== null && liveFields(report)),
  });
}

function liveFields({
  request: checked,
  simulation,
  conclusion,
  cause,
  remedy,
  code,
  warnings,
}: CheckReport): object {
  const { url, origin, method, headers, credentials, browser, server } = checked;
  return {
    verdict: conclusion.verdict,
    check: simulation.failedCheck,
    at: simulation.blockedAt,
    message: simulation.message,
    cause,
    fix: remedy === null ? null : { sentence: remedy, for: server, code },
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
