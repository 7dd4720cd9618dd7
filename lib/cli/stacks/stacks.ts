import type { Simulation } from '../../browser/simulation.js';
import { nginxStack } from './nginx.js';
import { corsPackageStack, enableCorsStack, nestjsCorsStack } from './node.js';
import { fastapiStack, flaskStack } from './python.js';
import type { Setting, Stack } from './stack.js';

const STACKS: Readonly<Record<StackName, Stack>> = {
  'nestjs-cors': nestjsCorsStack,
  enableCors: enableCorsStack,
  cors: corsPackageStack,
  flask: flaskStack,
  fastapi: fastapiStack,
  nginx: nginxStack,
};

/** How changes are written for a kind of server. */
export function stackNamed(name: StackName): Stack {
  return STACKS[name];
}

/** The values of `--for`. */
export const STACK_NAMES = [
  'nestjs-cors',
  'enableCors',
  'cors',
  'flask',
  'fastapi',
  'nginx',
] as const;

/** A kind of server for which changes can be written. */
export type StackName = (typeof STACK_NAMES)[number];

/** The change that lets a blocked request through, as lines of code; none where none helps. */
export function codeFor(name: StackName, simulation: Simulation): readonly string[] {
  const { fix, details } = simulation;
  const stack = stackNamed(name);
  switch (fix?.kind) {
    case 'allow-origin':
    case 'allow-credentials':
    case 'allow-method':
    case 'allow-headers':
      return stack.setting({
        ...settingOf(fix.options, details.listed ?? []),
        ...unansweredIn(simulation),
        silent: isSilent(simulation),
      });
    case 'send-one-origin':
      return (details.lines ?? 1) > 1 ? stack.oneLayer : [];
    case 'answer-preflight':
      return stack.preflight;
    default:
      return [];
  }
}

type FixOptions = NonNullable<Simulation['fix']>['options'];

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
  const { headers = [] } = steps.at(-1)?.request ?? {};
  const value = (name: string) => headers.find(([other]) => other === name)?.[1] ?? '';
  return {
    unanswered: {
      method: value('Access-Control-Request-Method'),
      headers: value('Access-Control-Request-Headers').split(',').filter(Boolean),
    },
  };
}

function isSilent({ failedCheck, details }: Simulation): boolean {
  return failedCheck === 'ACAO_MISSING' && details.isDecided !== true;
}
