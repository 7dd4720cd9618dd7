import type { BrokenRule } from '../refusal/cors-config-error.js';
import type { SuffixKind, SuffixList } from './public-suffix.js';

/** What an application has said about its dangers. */
export interface DangerContext {
  readonly allowInsecureOrigins: boolean;
  readonly allowPublicSuffixes: boolean;
  readonly suffixes: SuffixList;
}

/** @param remedy what to write instead */
export function strangerRule(stranger: string, remedy: string): BrokenRule {
  return {
    reason: 'strangers-with-credentials',
    rule: 'not to allow origins of strangers',
    remedy: `It also allows \`${stranger}\`. ${remedy}`,
  };
}

/** What is known of a page that comes over a network in the clear. */
interface InsecurePage {
  /** Such an origin, where it is not the value itself. */
  readonly witness?: string;
  /** The same value over https, as source code. */
  readonly https?: string | undefined;
  /** Whether it is on the local network, as phones and other machines are during development. */
  readonly isLocal?: boolean;
}

/** For pages that come over a network in the clear. */
export function insecureRule({ witness, https, isLocal = false }: InsecurePage): BrokenRule {
  const allows = witness === undefined ? '' : `It allows \`${witness}\`. `;
  const begin = witness === undefined ? 'https://' : '^https:\\/\\/';
  const write = https === undefined ? `Begin with \`${begin}\`, or write` : `Write \`${https}\`,`;
  const switchName = 'dangerouslyAllowInsecureOrigins';
  const remedy =
    isLocal && process.env['NODE_ENV'] !== 'production'
      ? `If it is a device on your network, for development, write \`${switchName}: process.env.NODE_ENV !== 'production'\`, and list it only where that is true; otherwise \`https://\`.`
      : `${write} \`credentials: false\`, or \`${switchName}: true\`.`;
  return {
    reason: 'insecure-origin-with-credentials',
    rule: 'to be https',
    remedy: `${allows}Anyone who controls the network between that page and its visitor can hijack the session here. ${remedy}`,
  };
}

/** Names below a public suffix, as far as they are written down. */
export interface NamesBelow {
  readonly suffix: string;
  readonly kind: SuffixKind | undefined;
  /** An origin of somebody else that is allowed. */
  readonly witness: string;
  /** What all hosts begin with, and what they end in. */
  readonly start: string;
  readonly end: string;
  /** How a value of the same form, a pattern or a RegExp, allows the previews of one team. */
  readonly previewsOf: (app: string, team: string) => string;
}

export function suffixRule(names: NamesBelow): BrokenRule {
  const remedy =
    names.kind === 'company'
      ? remedyForPreviews(names)
      : 'Write your own domain, or `dangerouslyAllowPublicSuffixes: true` if the suffix is yours.';
  return {
    reason: 'origin-public-suffix',
    rule: `not to cover names below the public suffix \`${names.suffix}\``,
    remedy: `Anyone can own a name there: it also allows \`${names.witness}\`. ${remedy}`,
  };
}

/** Where the names of previews end in that of the team: `my-app-git-main-my-team.vercel.app`. */
const WITH_TEAMS: readonly string[] = ['vercel.app', 'now.sh'];

/** What remains open with the switch is said, too. */
function remedyForPreviews({ suffix, start, end, previewsOf }: NamesBelow): string {
  if (!WITH_TEAMS.includes(suffix)) {
    return 'Write the names that are yours one by one, or, with `dangerouslyAllowPublicSuffixes: true`, a form that nobody else can register: whoever registers a name of that form is then allowed, too.';
  }
  const app = start.replace(/[-.]+$/, '') || 'my-app';
  const written = end.slice(0, -suffix.length - 1).replace(/^[-.]+/, '');
  const team = written || 'my-team';
  const keep =
    start !== '' && written !== ''
      ? 'or keep it'
      : `or \`${previewsOf(app, team)}\`, for the previews of one team,`;
  return `Write the names that are yours, such as \`'https://${app}-main-${team}.${suffix}'\`, ${keep} with \`dangerouslyAllowPublicSuffixes: true\`: whoever registers a name of that form is then allowed, too.`;
}

/** For expressions of which a question about them takes too much work, as well as the automaton. */
export const TOO_COMPLEX: BrokenRule = {
  reason: 'origin-regexp-too-complex',
  rule: 'to be simpler',
  remedy:
    'Too many states are needed to match it in linear time. Use `*` or `+` instead of large counts, or list the origins.',
};
