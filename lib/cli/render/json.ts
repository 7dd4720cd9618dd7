import type { CheckReport } from '../../diagnosis/check.js';
import type { Paste } from '../../diagnosis/paste/paste.js';
import { printableJson } from '../../text/escape.js';
import { withoutSecrets } from '../../text/secrets.js';

/** What a pasted message says, and what the server showed; either may be missing. */
interface ReportParts {
  readonly paste: Paste | null;
  /** What a browser makes of the responses in the paste. */
  readonly judged: CheckReport | null;
  readonly report: CheckReport | null;
  readonly exitCode: number;
}

/** A report for programs. Fields are added in new versions, never changed or removed in one. */
export function reportJson({ paste, judged, report, exitCode }: ReportParts): string {
  return printableJson({
    version: 1,
    exitCode,
    ...(paste?.identified !== undefined && { pasted: paste.identified }),
    ...(paste?.lookalike !== undefined && { lookalike: paste.lookalike }),
    ...(paste?.length !== undefined && { pasteLength: paste.length }),
    ...(judged !== null && { pastedResponse: liveFields(judged) }),
    ...(report !== null && liveFields(report)),
  });
}

function liveFields({
  request: checked,
  simulation,
  conclusion,
  cause,
  remedy,
  change,
  warnings,
}: CheckReport): object {
  const { url, origin, method, headers, credentials, browser } = checked;
  return {
    verdict: conclusion.verdict,
    check: simulation.failedCheck,
    at: simulation.blockedAt,
    permission: simulation.permission,
    message: simulation.message,
    cause,
    fix:
      remedy === null
        ? null
        : {
            sentence: remedy,
            for: change?.for ?? checked.server ?? null,
            code: change?.code ?? [],
          },
    change,
    request: { url, origin, method, headers: withoutSecrets(headers), credentials, browser },
    steps: simulation.steps.map(({ kind, why, request, response, failedCheck }) => ({
      kind,
      why,
      request: {
        method: request.method,
        url: request.url,
        headers: withoutSecrets(request.headers),
      },
      response:
        response === null ? null : { ...response, headers: withoutSecrets(response.headers) },
      check: failedCheck,
    })),
    warnings,
    exposed: simulation.exposed,
  };
}
