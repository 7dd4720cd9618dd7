/** The options of a policy. */
export const POLICY_OPTIONS = [
  'origin',
  'methods',
  'allowedHeaders',
  'exposedHeaders',
  'credentials',
  'maxAge',
  'timingAllowOrigin',
] as const;

/** The name of a policy's option. */
export type PolicyOption = (typeof POLICY_OPTIONS)[number];

/** The options that only `forRoot()` takes. */
export const ROOT_OPTIONS = [
  'policies',
  'paths',
  'rejectDisallowed',
  'resolver',
  'reportOnly',
  'diagnostics',
  'dangerouslyAllowInsecureOrigins',
  'dangerouslyAllowPublicSuffixes',
] as const;
