import { MAX_AGE } from '../../options/read/max-age.js';
import {
  type BrokenRule,
  CorsConfigError,
  type CorsConfigIssue,
  issueOf,
} from '../../options/refusal/cors-config-error.js';
import { OriginIssues, type OriginSource } from './origin-issues.js';

const ORIGINS = {
  rule: 'to be set',
  remedy:
    'There is no default: list the origins of your pages, such as `CORS_ORIGINS=https://app.example.com,https://shop.example.com`, or write `CORS_ORIGINS=*` for any origin.',
};

/** `forRoot()` reads the list again, with its own switch for public suffixes. */
const VARIABLE: OriginSource = {
  allowPublicSuffixes: true,
  remedies: {
    'origin-empty': 'Remove the extra comma, or write the origin that is missing.',
    'origin-undefined': 'Is the variable that it is made of set?',
    'origin-json-string': 'Separate origins by commas, without quotes or brackets.',
    'origin-regexp-string':
      'A variable takes exact origins and patterns such as `https://*.example.com`.',
  },
};

const CREDENTIALS: BrokenRule = {
  reason: 'credentials-wrong-type',
  rule: 'to be `true` or `false`',
  remedy: 'Write one of these, in lower case, or remove the variable: the default is `false`.',
};

const MAX_AGE_RULE = {
  rule: `to be an integer from ${MAX_AGE.min} to ${MAX_AGE.max}`,
  remedy: `It is in seconds; \`0\` means that browsers remember nothing. Remove the variable for the default of ${MAX_AGE.default}.`,
};

type Environment = Readonly<Record<string, unknown>>;

/** What has been read from a variable: its value, if it is set and valid. */
interface Read<T> {
  readonly value?: T;
  readonly issues: readonly CorsConfigIssue[];
}

/**
 * The environment variables of a CORS policy, checked before the application starts:
 * `CORS_ORIGINS`, a comma-separated list of origins as `CorsModule.forRoot({ origin })` takes them;
 * `CORS_CREDENTIALS`, `true` or `false`; `CORS_MAX_AGE`, seconds from 0 to 86400.
 *
 * @example permitted
 * ConfigModule.forRoot({ isGlobal: true, validate: CorsEnvironment.validate }),
 * CorsModule.forRootAsync({
 *   inject: [ConfigService],
 *   useFactory: (config: ConfigService<CorsEnvironment, true>) => ({
 *     origin: config.get('CORS_ORIGINS', { infer: true }),
 *     credentials: config.get('CORS_CREDENTIALS', false, { infer: true }),
 *   }),
 * })
 */
export class CorsEnvironment {
  /**
   * The origins, split at commas and trimmed. There is no default: a missing variable stops the
   * application.
   *
   * @example permitted
   * CORS_ORIGINS=https://app.example.com, https://*.example.com
   * @example prohibited: an origin has no path
   * CORS_ORIGINS=https://app.example.com/
   */
  readonly CORS_ORIGINS!: string[];

  /**
   * Whether pages may send cookies and read what they get. Undefined where it is not set.
   *
   * @example permitted
   * CORS_CREDENTIALS=true
   * @example prohibited: only `true` and `false` have a meaning
   * CORS_CREDENTIALS=1
   */
  readonly CORS_CREDENTIALS?: boolean;

  /**
   * How long browsers may cache the response to a preflight, in seconds. Undefined where it is not set.
   *
   * @example permitted
   * CORS_MAX_AGE=600
   * @example prohibited: it is a number of seconds
   * CORS_MAX_AGE=10m
   */
  readonly CORS_MAX_AGE?: number;

  /**
   * Checks the variables and converts them. Any other variable passes through unchanged. For
   * `ConfigModule.forRoot({ validate: CorsEnvironment.validate })`, or for your own function:
   * `validate: (env) => validateMine(CorsEnvironment.validate(env))`.
   *
   * @throws CorsConfigError with everything that is wrong with the three of them
   */
  static validate<Env extends Environment>(
    this: void,
    env: Env,
  ): Omit<Env, keyof CorsEnvironment> & CorsEnvironment {
    const origins = readOrigins(own(env, 'CORS_ORIGINS'));
    const credentials = readCredentials(own(env, 'CORS_CREDENTIALS'));
    const maxAge = readMaxAge(own(env, 'CORS_MAX_AGE'));
    const issues = [origins, credentials, maxAge].flatMap((read) => read.issues);
    if (issues.length > 0) throw new CorsConfigError(issues);
    return {
      ...env,
      CORS_ORIGINS: origins.value ?? [],
      ...(credentials.value !== undefined && { CORS_CREDENTIALS: credentials.value }),
      ...(maxAge.value !== undefined && { CORS_MAX_AGE: maxAge.value }),
    };
  }
}

/** Nothing on `Object.prototype` may open a server. */
function own(env: Environment, name: keyof CorsEnvironment): unknown {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

function readOrigins(written: unknown): Read<string[]> {
  if (typeof written !== 'string') {
    const reason = written === undefined ? 'origin-undefined' : 'origin-wrong-type';
    return refused('CORS_ORIGINS', written, { reason, ...ORIGINS });
  }
  if (written.trim() === '') {
    return refused('CORS_ORIGINS', written, { reason: 'origin-empty', ...ORIGINS });
  }
  const value = written.split(',').map((origin) => origin.trim());
  const origins = new OriginIssues(VARIABLE);
  const issues = value.flatMap((_, index) => origins.ofMember('CORS_ORIGINS', index, value));
  return { value, issues };
}

function readCredentials(written: unknown): Read<boolean> {
  if (written === undefined) return { issues: [] };
  if (written === 'true' || written === 'false') return { value: written === 'true', issues: [] };
  return refused('CORS_CREDENTIALS', written, CREDENTIALS);
}

function readMaxAge(written: unknown): Read<number> {
  if (written === undefined) return { issues: [] };
  // `Number` alone would take `1e3` and the empty string.
  const isInteger = typeof written === 'string' && /^(?:0|-?[1-9]\d*)$/.test(written);
  const value = Number(written);
  if (isInteger && value >= MAX_AGE.min && value <= MAX_AGE.max) return { value, issues: [] };
  const reason = isInteger ? MAX_AGE.reasons.outOfRange : MAX_AGE.reasons.notInteger;
  return refused('CORS_MAX_AGE', written, { reason, ...MAX_AGE_RULE });
}

function refused(name: string, written: unknown, rule: BrokenRule): Read<never> {
  return { issues: [issueOf(name, name, written, rule)] };
}
