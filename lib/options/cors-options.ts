import type { CorsOverride } from './cors-override.js';
import type { CorsPolicyOptions } from './cors-policy-options.js';

/** The options of `CorsModule.forRoot()`: the global policy, and what holds for the application. */
export interface CorsOptions extends CorsPolicyOptions {
  /**
   * Policies by name, for `@Cors('name')` and `@Cors({ policy: 'name' })`. What a policy does not
   * say is as in the global policy.
   *
   * @default {}
   * @throws CorsConfigError at boot for any policy that would be refused as the global one.
   * @example permitted
   * policies: { public: { origin: '*', credentials: false } }
   * @example prohibited: a policy is no list of origins
   * policies: { public: ['*'] }
   */
  readonly policies?: Readonly<Record<string, Omit<CorsOverride, 'policy'>>>;

  /**
   * Whether the application says why browsers refuse: in the log, a table of routes and policies at
   * boot and each refusal once, with the change that would allow it; on refused answers, the header
   * `Cors-Diagnosis` with the same sentence.
   *
   * @default the log unless `NODE_ENV` is `production`; the header if `NODE_ENV` is `development`
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted
   * diagnostics: true
   * @example prohibited: a level
   * diagnostics: 'verbose'
   */
  readonly diagnostics?: boolean;

  /**
   * Allows `http://` origins other than loopback together with `credentials: true`. Whoever
   * controls the network between that page and its visitor then controls the session here.
   *
   * @default false
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted: a device on a local network that cannot have a certificate
   * dangerouslyAllowInsecureOrigins: true
   * @example prohibited: a list of exceptions
   * dangerouslyAllowInsecureOrigins: ['http://printer.local']
   */
  readonly dangerouslyAllowInsecureOrigins?: boolean;

  /**
   * Allows patterns over a public suffix, such as `https://*.github.io`. Anyone can own a name
   * below a public suffix.
   *
   * @default false
   * @throws CorsConfigError at boot when it is no boolean.
   * @example permitted: the suffix is yours, although the public suffix list has it
   * dangerouslyAllowPublicSuffixes: true
   * @example prohibited: a list of exceptions
   * dangerouslyAllowPublicSuffixes: ['github.io']
   * @see https://publicsuffix.org
   */
  readonly dangerouslyAllowPublicSuffixes?: boolean;
}
