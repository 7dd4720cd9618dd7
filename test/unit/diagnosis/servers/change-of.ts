import type { ReceivedResponse, SentRequest } from '../../../../lib/browser/index.js';
import { check, type CheckReport } from '../../../../lib/diagnosis/check.js';
import type { CheckRequest } from '../../../../lib/diagnosis/check-request.js';
import type { Change } from '../../../../lib/diagnosis/servers/change.js';
import { settingFor } from '../../../../lib/diagnosis/servers/setting.js';
import type { Setting } from '../../../../lib/diagnosis/servers/server.js';
import { checkArguments } from '../check-arguments.js';

/** What a server answers; to the probes as well. */
export type Answer = (request: SentRequest) => ReceivedResponse;

/** The report on a request that is checked as the command does it. The kind of server is not given. */
export async function reportOn(
  answer: Answer,
  { server, ...over }: Partial<CheckRequest> = {},
): Promise<CheckReport> {
  const { server: _, ...args } = checkArguments(over);
  const send = (request: SentRequest) => Promise.resolve(answer(request));
  return check({ ...args, ...(server !== undefined && { server }) }, send);
}

/** The change for a request that a server blocks. */
export async function changeOf(
  answer: Answer,
  over: Partial<CheckRequest> = {},
): Promise<Change | null> {
  return (await reportOn(answer, over)).change;
}

/** What the responses should say for it. */
export async function settingOf(
  answer: Answer,
  over: Partial<CheckRequest> = {},
): Promise<Setting | null> {
  const { request, simulation } = await reportOn(answer, over);
  return settingFor(request, simulation);
}

/** One response to everything. */
export function always(one: ReceivedResponse): Answer {
  return () => one;
}
