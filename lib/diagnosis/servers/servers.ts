import { HeaderList } from '../../browser/http/header-list.js';
import type { FixOptions, Simulation } from '../../browser/index.js';
import { nginx } from './nginx.js';
import { corsPackage, enableCors, nestjsCors } from './node.js';
import { fastapi, flask } from './python.js';
import type { ServerKind, Setting } from './server.js';

/** Every kind of server that changes can be written for; the keys are the choices of `--for`. */
export const servers = {
  'nestjs-cors': nestjsCors,
  enableCors,
  cors: corsPackage,
  flask,
  fastapi,
  nginx,
} as const satisfies Readonly<Record<string, ServerKind>>;

/** A kind of server for which changes can be written. */
export type ServerName = keyof typeof servers;

/** The change that lets a blocked request through, as lines of code; none where none helps. */
export function codeFor(
  name: ServerName,
  simulation: Simulation,
  isMethodKnown = true,
): readonly string[] {
  const { fix, details } = simulation;
  const server: ServerKind = servers[name];
  switch (fix?.kind) {
    case 'allow-origin':
    case 'allow-credentials':
    case 'allow-method':
    case 'allow-headers':
      return server.setting({
        ...settingOf(fix.options, details.listed ?? []),
        ...(isMethodKnown || fix.options.origin === undefined ? unansweredIn(simulation) : USUAL),
        silent: isSilent(simulation),
      });
    case 'send-one-origin':
      return (details.lines ?? 1) > 1 ? server.oneLayer : [];
    case 'answer-preflight':
      return server.preflight;
    default:
      return [];
  }
}

/** Where a message does not name the method: the change must hold for the pages of most applications. */
const USUAL: Pick<Setting, 'unanswered'> = {
  unanswered: {
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    headers: ['content-type', 'authorization'],
  },
};

/** A list replaces, so it must name what is allowed already as well. */
function settingOf(options: FixOptions, listed: readonly string[]): Setting {
  const { origin, credentials, methods, allowedHeaders } = options;
  const all = (names: readonly string[]) =>
    [...new Set([...listed, ...names])].filter((name) => name !== '*');
  return {
    ...(origin?.[0] !== undefined && { origin: origin[0] }),
    ...(credentials !== undefined && { credentials }),
    ...(methods !== undefined && { methods: all(methods) }),
    ...(allowedHeaders !== undefined && { allowedHeaders: all(allowedHeaders) }),
  };
}

function unansweredIn({ failedCheck, blockedAt, steps }: Simulation): Pick<Setting, 'unanswered'> {
  if (failedCheck !== 'ACAO_MISSING' || blockedAt !== 'preflight') return {};
  const headers = new HeaderList(steps.at(-1)?.request.headers ?? []);
  const names = headers.get('access-control-request-headers');
  return {
    unanswered: {
      methods: [headers.get('access-control-request-method') ?? ''],
      headers: names?.split(',') ?? [],
    },
  };
}

function isSilent({ failedCheck, details }: Simulation): boolean {
  return failedCheck === 'ACAO_MISSING' && details.variesByOrigin !== true;
}
