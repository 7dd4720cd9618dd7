import type {
  CorsPolicyFile,
  PolicyFileOptions,
  PolicyFileRoute,
  PolicyReference,
} from '../../lib/policy-file/policy-file.js';

/** The options of a policy that are not the default; see `PolicyFileOptions`. */
export type Values = Partial<{ [K in keyof PolicyFileOptions]: PolicyFileOptions[K]['value'] }>;

const DEFAULTS: { [K in keyof PolicyFileOptions]: PolicyFileOptions[K]['value'] } = {
  origin: ['https://app.example.com'],
  methods: 'mapped',
  allowedHeaders: '*',
  exposedHeaders: [],
  credentials: false,
  maxAge: 600,
  timingAllowOrigin: false,
};

/** An effective policy in a file; what is not a default is written at one place. */
export function optionsInFile(values: Values, place = 'forRoot()'): PolicyFileOptions {
  const declared = Object.entries({ ...DEFAULTS, ...values }).map(([name, value]) => [
    name,
    { value, declaredAt: name === 'origin' || name in values ? place : 'default' },
  ]);
  return Object.fromEntries(declared) as PolicyFileOptions;
}

/** What a file is made of: policies by name (`forRoot()` is the global one), and routes as `GET /a`. */
export interface Parts {
  readonly policies?: Readonly<Record<string, Values>>;
  /** `GET /orders`: the name of its policy. */
  readonly routes?: Readonly<Record<string, PolicyReference>>;
  readonly rest?: Partial<CorsPolicyFile>;
}

/** A policy file as `CorsService.policy()` would write it. */
export function policyFile({ policies = {}, routes = {}, rest = {} }: Parts): CorsPolicyFile {
  return {
    $schema: 'nestjs-cors/policy.schema.json',
    schemaVersion: 1,
    platform: { name: 'express', router: { caseSensitive: false, strict: false } },
    application: {
      rejectDisallowed: false,
      dangerouslyAllowInsecureOrigins: false,
      dangerouslyAllowPublicSuffixes: false,
    },
    global: 'forRoot()',
    named: {},
    paths: {},
    routes: Object.entries(routes).map(([name, policy]): PolicyFileRoute => {
      const [method = '', path = ''] = name.split(' ');
      return { method, path, handler: `Controller.${method.toLowerCase()}${path}`, policy };
    }),
    policies: Object.fromEntries(
      Object.entries({ 'forRoot()': {}, ...policies }).map(([name, values]) => [
        name,
        optionsInFile(values, name),
      ]),
    ),
    lists: {},
    ...rest,
  };
}
