import type { Simulation } from '../../browser/index.js';
import type { CheckRequest } from '../check-request.js';
import { pageChange } from '../page-change.js';
import type { Observation } from '../probe.js';
import { recognise, type Sightings } from './recognise.js';
import { headersOf, isOpen, type Setting } from './server.js';
import { type ServerName, serverKind } from './servers.js';
import { settingFor } from './setting.js';

/** A change that lets a blocked request through, and where it belongs. */
export interface Change {
  /** A kind of server, or the page itself. */
  readonly for: ServerName | 'page';
  /** What that is called in a sentence. */
  readonly title: string;
  /** Why there, and what to mind; null where there is nothing to say. Safe to print. */
  readonly why: string | null;
  /** Lines of code and comments. */
  readonly code: readonly string[];
  /** The same as headers, for a server of any kind; null where the kind is known. */
  readonly headers: string | null;
}

/** How to have the change written for another kind of server. */
export interface ServerChoice {
  /** What names one. */
  readonly any: string;
  readonly of: (server: ServerName) => string;
}

/** That of the command. */
const OPTION: ServerChoice = { any: '`--for`', of: (server) => `\`--for ${server}\`` };

/** The change for a blocked request; null where no line of code helps. */
export function changeFor(
  request: CheckRequest,
  simulation: Simulation,
  observations: readonly Observation[],
  choice: ServerChoice = OPTION,
): Change | null {
  const page = pageChange(request, simulation);
  if (page !== null) {
    return { for: 'page', title: 'the page', why: null, code: page, headers: null };
  }
  const setting = settingFor(request, simulation);
  if (setting === null) return null;
  const { server, why } = placeFor(request, simulation, setting, observations, choice);
  const kind = serverKind(server ?? 'nestjs-cors');
  return {
    for: server ?? 'nestjs-cors',
    title: kind.title,
    why,
    code: isDoubled(simulation) ? kind.oneLayer : kind.change(setting),
    headers: server === null && !isDoubled(simulation) ? headersInWords(setting, choice) : null,
  };
}

/** Two layers, and each sends one header. */
function isDoubled({ fix, details }: Simulation): boolean {
  return fix?.kind === 'send-one-origin' && (details.lines ?? 1) > 1;
}

interface Place {
  /** Null where nothing gives it away. */
  readonly server: ServerName | null;
  readonly why: string | null;
}

/** Where the change belongs: of a proxy and what is behind it, only one should send the headers. */
function placeFor(
  { server: given }: CheckRequest,
  simulation: Simulation,
  setting: Setting,
  observations: readonly Observation[],
  choice: ServerChoice,
): Place {
  const last = simulation.steps.at(-1);
  const here = recognise(
    observations.filter(
      ({ request }) => request === last?.request || isSame(request, last?.request),
    ),
  );
  const anywhere = recognise(observations);
  if (given !== undefined) return { server: given, why: remarkOn(given, here, anywhere, choice) };

  const { application, proxy } = anywhere;
  if (application === null && proxy === null) return { server: null, why: null };
  if (proxy === null) {
    const sign = application?.server === 'nestjs-cors' ? null : application?.sign;
    return {
      server: application?.server ?? null,
      why: sign == null ? null : `Recognised by ${sign}; ${choice.any} names another.`,
    };
  }
  const front = titleOf(proxy.server);
  if (application === null) {
    return {
      server: proxy.server,
      why: `Recognised by ${proxy.sign}. If an application behind ${front} has a CORS layer, change that one instead, and nothing here (${choice.any} names it): the header would be sent twice.`,
    };
  }
  const behind = titleOf(application.server);
  if (isDoubled(simulation)) {
    return {
      server: proxy.server,
      why: `${front} (${proxy.sign}) and ${behind} (${application.sign}) both send it. Better remove it from ${front}: ${behind} knows its routes, and answers their preflights. To keep that of ${front} instead:`,
    };
  }
  if (here.application === null && here.proxy !== null && setting.silent) {
    return {
      server: proxy.server,
      why: `${front} gave this response itself (${here.proxy.sign}): others come from ${behind} (${application.sign}), and this one does not. If ${behind} has a CORS layer, let the request pass to it, and change nothing here. Otherwise:`,
    };
  }
  return {
    server: application.server,
    why: `${behind} gave this response (${application.sign}), and ${front} only passes it on (${proxy.sign}): change it in ${behind}. In both, the header would be sent twice.`,
  };
}

function isSame(
  one: { url: string; method: string },
  other: { url: string; method: string } | undefined,
) {
  return one.url === other?.url && one.method === other.method;
}

/** Where the responses speak against the kind of server that was named. */
function remarkOn(
  given: ServerName,
  here: Sightings,
  anywhere: Sightings,
  choice: ServerChoice,
): string | null {
  const title = titleOf(given);
  const { application } = here;
  if (serverKind(given).isProxy === true) {
    if (application === null) return null;
    const behind = titleOf(application.server);
    return `${behind} gave this response (${application.sign}). If it has a CORS layer, change that one instead (${choice.of(application.server)}), and nothing in ${title}: the header would be sent twice.`;
  }
  const { proxy } = anywhere;
  if (proxy === null) return null;
  return `${titleOf(proxy.server)} stands in front of it (${proxy.sign}): let OPTIONS pass, and add no CORS headers there, or they would be sent twice.`;
}

function titleOf(name: ServerName): string {
  return serverKind(name).title;
}

/** What any server has to send. */
function headersInWords(setting: Setting, choice: ServerChoice): string {
  const [origin = '', ...others] = headersOf(setting, setting.origins[0] ?? '').map(
    ([name, value]) => `\`${name}: ${value}\``,
  );
  const credentials = setting.credentials ? others.slice(0, 1) : [];
  const vary = isOpen(setting) ? [] : ['`Vary: Origin`'];
  const lists = others.slice(credentials.length);
  return `Any other server sends ${and([origin, ...credentials, ...vary])}; in the response to OPTIONS, with status 204, also ${and(lists)}. ${sentence(choice.any)} writes that for it.`;
}

/** The same where a sentence begins. */
function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function and(words: readonly string[]): string {
  return new Intl.ListFormat('en').format(words);
}
