import { isIP } from 'node:net';
import {
  CorsConfigError,
  type CorsConfigIssue,
  issueOf,
} from '../../options/refusal/cors-config-error.js';
import { isPlainObject } from '../../options/read/snapshot.js';
import { unknownOption } from '../../options/refusal/suggestions.js';

/** Options of `CorsInspector.setup()`. */
export interface CorsInspectorOptions {
  /**
   * Host names, besides loopback names and IP addresses, under which the inspector may be opened. Any
   * site may let a name of its own lead to your computer (DNS rebinding): its page would then have the
   * inspector's origin, so requests for other names get a 403.
   *
   * @default []
   * @throws CorsConfigError for what is not a host name
   * @see https://owasp.org/www-community/attacks/DNS_Rebinding
   * @example permitted
   * CorsInspector.setup('cors', app, { hosts: ['shop.test'] })
   * @example prohibited: a host has neither a scheme nor a port
   * CorsInspector.setup('cors', app, { hosts: ['http://shop.test:3000'] })
   */
  readonly hosts?: readonly string[];
  /**
   * Whether the path stands below the global prefix of the application, as in `SwaggerModule.setup()`.
   *
   * @default false
   * @example permitted
   * app.setGlobalPrefix('v1');
   * CorsInspector.setup('cors', app, { useGlobalPrefix: true }) // /v1/cors
   */
  readonly useGlobalPrefix?: boolean;
  /**
   * Whether the inspector may be there although `NODE_ENV` is `production`. Whoever reaches it sees every
   * route with its policy and the last refusals, and can have the application send itself requests: put
   * a login in front of it.
   *
   * @default false
   * @throws CorsConfigError without it, when `setup()` is called
   */
  readonly dangerouslyAllowInProduction?: boolean;
}

const NAMES: readonly (keyof CorsInspectorOptions)[] = [
  'hosts',
  'useGlobalPrefix',
  'dangerouslyAllowInProduction',
];

/** Where in messages an option is. */
const PLACE = 'CorsInspector.setup()';

/**
 * Reads what `setup()` was given.
 *
 * @param environment `NODE_ENV`
 * @returns the path with a slash at its beginning and none at its end
 * @throws CorsConfigError with every issue
 */
export function readSetup(
  path: unknown,
  options: CorsInspectorOptions,
  environment: string | undefined,
): { readonly path: string; readonly hosts: ReadonlySet<string> } {
  const given: unknown = options;
  if (!isPlainObject(given)) {
    throw new CorsConfigError([
      issueOf(PLACE, 'options', given, {
        reason: 'options-wrong-type',
        rule: 'to be a plain object',
        remedy: "Write for example `CorsInspector.setup('cors', app, { hosts: ['shop.test'] })`.",
      }),
    ]);
  }
  const { hosts = [], dangerouslyAllowInProduction = false } = options;
  const issues: CorsConfigIssue[] = Object.keys(options)
    .filter((name) => !NAMES.some((known) => known === name))
    .map((name) => unknownOption(`${PLACE}: ${name}`, name, NAMES));
  for (const name of ['useGlobalPrefix', 'dangerouslyAllowInProduction'] as const) {
    const value: unknown = options[name];
    if (value === undefined || typeof value === 'boolean') continue;
    issues.push(
      issueOf(`${PLACE}: ${name}`, name, value, {
        reason: 'switch-wrong-type',
        rule: 'to be `true` or `false`',
        remedy: 'Write one of them, or leave it out.',
      }),
    );
  }
  if (environment === 'production' && !dangerouslyAllowInProduction) {
    issues.push(
      issueOf(PLACE, 'NODE_ENV', environment, {
        reason: 'inspector-in-production',
        rule: 'to be anything but `production` where `CorsInspector.setup()` is called',
        remedy:
          "The inspector shows every route with its policy. Call it in development only, as in `if (process.env.NODE_ENV !== 'production')`, or write `{ dangerouslyAllowInProduction: true }` and put a login in front of it.",
      }),
    );
  }
  const segments = typeof path === 'string' ? path.replace(/^\/|\/$/g, '').split('/') : [];
  if (segments.length === 0 || !segments.every(isSegment)) {
    issues.push(
      issueOf(`${PLACE}: path`, 'path', path, {
        reason: 'inspector-path-invalid',
        rule: 'to be a path of letters, digits, `-`, `_`, `.` and `~`',
        remedy: "Write for example `CorsInspector.setup('cors', app)`.",
      }),
    );
  }
  issues.push(...hostIssues(hosts));
  if (issues.length > 0) throw new CorsConfigError(issues);
  return {
    path: `/${segments.join('/')}`,
    hosts: new Set(hosts.map((host) => host.toLowerCase())),
  };
}

function isSegment(segment: string): boolean {
  return /^[\w.~-]+$/.test(segment) && segment !== '.' && segment !== '..';
}

function hostIssues(hosts: unknown): CorsConfigIssue[] {
  const rule = (what: string) => ({
    reason: 'inspector-hosts-invalid' as const,
    rule: what,
    remedy: "Write `hosts: ['shop.test']`: names without scheme, port or wildcard.",
  });
  if (!Array.isArray(hosts)) {
    return [issueOf(`${PLACE}: hosts`, 'hosts', hosts, rule('to be a list of host names'))];
  }
  return hosts.flatMap((host: unknown, index) =>
    typeof host === 'string' && /^[a-z\d](?:[\w.-]*[a-z\d])?$/i.test(host) && isIP(host) === 0
      ? []
      : [
          issueOf(
            `${PLACE}: hosts[${index}]`,
            `hosts[${index}]`,
            host,
            rule('to be the name of a host'),
          ),
        ],
  );
}
