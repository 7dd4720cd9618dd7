import { CorsConfigError } from 'nestjs-cors';
import { CorsEnvironment } from 'nestjs-cors/class-validator';

const APP = 'https://app.example.com';

/** Unbound, as `ConfigModule` calls it. */
const { validate } = CorsEnvironment;

/** The issues of an environment, as `path: message`. */
function issuesOf(env: Readonly<Record<string, unknown>>): string[] {
  try {
    validate(env);
  } catch (error) {
    if (!(error instanceof CorsConfigError)) throw error;
    return error.issues.map(({ path, message }) => `${path}: ${message}`);
  }
  return [];
}

describe('CorsEnvironment', () => {
  it.each<[string, Record<string, string>, object]>([
    ['one origin', { CORS_ORIGINS: APP }, { CORS_ORIGINS: [APP] }],
    [
      'a list with spaces',
      { CORS_ORIGINS: ` ${APP} ,\thttps://*.example.com,http://localhost:* ` },
      { CORS_ORIGINS: [APP, 'https://*.example.com', 'http://localhost:*'] },
    ],
    ['any origin', { CORS_ORIGINS: '*' }, { CORS_ORIGINS: ['*'] }],
    [
      'a public suffix, on which the switch in forRoot() decides',
      { CORS_ORIGINS: 'https://*.internal' },
      { CORS_ORIGINS: ['https://*.internal'] },
    ],
    [
      'credentials',
      { CORS_ORIGINS: APP, CORS_CREDENTIALS: 'true' },
      { CORS_ORIGINS: [APP], CORS_CREDENTIALS: true },
    ],
    [
      'no credentials, and the lowest max-age',
      { CORS_ORIGINS: APP, CORS_CREDENTIALS: 'false', CORS_MAX_AGE: '0' },
      { CORS_ORIGINS: [APP], CORS_CREDENTIALS: false, CORS_MAX_AGE: 0 },
    ],
    [
      'the greatest age',
      { CORS_ORIGINS: APP, CORS_MAX_AGE: '86400' },
      { CORS_ORIGINS: [APP], CORS_MAX_AGE: 86_400 },
    ],
  ])('converts %s', (_, env, expected) => {
    expect(validate(env)).toStrictEqual(expected);
  });

  it('passes other variables through, and does not change its argument', () => {
    const env = Object.freeze({ CORS_ORIGINS: APP, PORT: '3000', CORS_ORIGIN: 'x', EMPTY: '' });
    expect(validate(env)).toStrictEqual({ ...env, CORS_ORIGINS: [APP] });
  });

  it('says what to do in the environment, not in code', () => {
    expect(issuesOf({ CORS_ORIGINS: '["https://app.example.com"]' })).toEqual([
      'CORS_ORIGINS[0]: Expected `CORS_ORIGINS[0]` to be an origin without quotes or brackets, got `\'["https://app.example.com"]\'` (string). Separate origins by commas, without quotes or brackets.',
    ]);
  });

  it('reads no variable from a prototype', () => {
    expect(issuesOf(Object.create({ CORS_ORIGINS: APP }) as Record<string, unknown>)).toHaveLength(
      1,
    );
  });

  const UNSET =
    'There is no default: list the origins of your pages, such as `CORS_ORIGINS=https://app.example.com,https://shop.example.com`, or write `CORS_ORIGINS=*` for any origin.';
  const ONE_OF =
    'Write one of these, in lower case, or remove the variable: the default is `false`.';
  const AGE =
    'It is in seconds; `0` means that browsers remember nothing. Remove the variable for the default of 600.';

  it.each<[Record<string, unknown>, string]>([
    [{}, `CORS_ORIGINS: Expected \`CORS_ORIGINS\` to be set, got \`undefined\`. ${UNSET}`],
    [
      { CORS_ORIGINS: '' },
      `CORS_ORIGINS: Expected \`CORS_ORIGINS\` to be set, got \`''\` (string). ${UNSET}`,
    ],
    [
      { CORS_ORIGINS: '  ' },
      `CORS_ORIGINS: Expected \`CORS_ORIGINS\` to be set, got \`'  '\` (string). ${UNSET}`,
    ],
    [
      { CORS_ORIGINS: [APP] },
      `CORS_ORIGINS: Expected \`CORS_ORIGINS\` to be set, got \`[… 1 …]\` (array). ${UNSET}`,
    ],
    [
      { CORS_ORIGINS: `${APP},` },
      "CORS_ORIGINS[1]: Expected `CORS_ORIGINS[1]` to be an origin, got `''` (string). Remove the extra comma, or write the origin that is missing.",
    ],
    [
      { CORS_ORIGINS: `${APP}/` },
      "CORS_ORIGINS[0]: Expected `CORS_ORIGINS[0]` to have no slash at the end, got `'https://app.example.com/'` (string). Write `'https://app.example.com'`. Browsers compare byte for byte, and send nothing but scheme, host and port.",
    ],
    ...['', '1', 'yes', 'TRUE', ' true', 'undefined'].map(
      (value): [Record<string, unknown>, string] => [
        { CORS_ORIGINS: APP, CORS_CREDENTIALS: value },
        `CORS_CREDENTIALS: Expected \`CORS_CREDENTIALS\` to be \`true\` or \`false\`, got \`'${value}'\` (string). ${ONE_OF}`,
      ],
    ),
    ...['', ' ', '-1', '-0', '600.5', '1e3', '0x10', '007', '10m', '86401', '9'.repeat(400)].map(
      (value): [Record<string, unknown>, string] => {
        const printed = value.length > 120 ? `${value.slice(0, 120)}…` : value;
        return [
          { CORS_ORIGINS: APP, CORS_MAX_AGE: value },
          `CORS_MAX_AGE: Expected \`CORS_MAX_AGE\` to be an integer from 0 to 86400, got \`'${printed}'\` (string). ${AGE}`,
        ];
      },
    ),
  ])('refuses %j', (env, issue) => {
    expect(issuesOf(env)).toEqual([issue]);
  });

  it('refuses everything that is wrong in one error', () => {
    const env = { CORS_ORIGINS: 'a.example,null', CORS_CREDENTIALS: 'yes', CORS_MAX_AGE: '-1' };
    const reasons = (): unknown => {
      try {
        return validate(env);
      } catch (error) {
        return error instanceof CorsConfigError && error.issues.map(({ reason }) => reason);
      }
    };
    expect(reasons()).toEqual([
      'origin-without-scheme',
      'origin-null',
      'credentials-wrong-type',
      'max-age-out-of-range',
    ]);
    expect(() => validate(env)).toThrow(/^The CORS configuration is refused: 4 issues\./);
  });

  it('refuses any origin beside others', () => {
    expect(issuesOf({ CORS_ORIGINS: `${APP},*` })).toEqual([
      expect.stringContaining('CORS_ORIGINS[1]: Expected `CORS_ORIGINS[1]` to stand alone'),
    ]);
  });

  it('is typed', () => {
    const { CORS_ORIGINS, CORS_CREDENTIALS, CORS_MAX_AGE, PORT } = validate({
      CORS_ORIGINS: APP,
      PORT: '3000',
    });
    const origins: string[] = CORS_ORIGINS;
    const credentials: boolean | undefined = CORS_CREDENTIALS;
    const maxAge: number | undefined = CORS_MAX_AGE;
    const port: string = PORT;
    expect([origins, credentials, maxAge, port]).toEqual([[APP], undefined, undefined, '3000']);
  });
});
