import type { AgreementCase } from './agreement-case.js';
import { corsChecks, exposure } from './cases/access-cases.js';
import { mixtures } from './cases/mixed-cases.js';
import { caching, headerLists, methodLists, preflightStatuses } from './cases/preflight-cases.js';
import { redirects } from './cases/redirect-cases.js';
import { headerValues, modes } from './cases/request-cases.js';

/** The generated cases. The same every time: a case that fails must fail again. */
export function agreementCases(): readonly AgreementCase[] {
  return [
    ...corsChecks(),
    ...preflightStatuses(),
    ...methodLists(),
    ...headerLists(),
    ...headerValues(),
    ...exposure(),
    ...redirects(),
    ...modes(),
    ...caching(),
    ...mixtures(300),
  ];
}
