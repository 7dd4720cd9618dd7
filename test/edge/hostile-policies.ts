import { Controller, Get, Module, Put, type Type } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';
import { fc } from '../support/fast-check.js';

/** A policy, and paths, of characters that mean something to a configuration. */
export interface HostilePolicy {
  readonly allowedHeaders: readonly string[];
  readonly exposedHeaders: readonly string[];
  readonly methods: readonly string[];
  readonly origins: readonly (string | RegExp)[];
  /** Without a slash at the beginning. */
  readonly paths: readonly string[];
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
/** Of names of headers and methods; `*` means nothing inside of one, and is refused. */
const PUNCTUATION = "!#$%&'+-.^_`|~";
/** Of paths; what Express has for its own is left out. */
const IN_PATHS = '\'"$&,;=@~.-_`|^%<>';

function text(characters: string, minLength: number, maxLength: number): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...Array.from(characters)), minLength, maxLength });
}

/** What configurations take for variables, quotes, comments and the like. */
const SNIPPETS = ['$1', '$$', '%1', '%ts', "'", '`', '#', '&', '~', '^', '|', '$http_host', '%%'];

function token(letters: string): fc.Arbitrary<string> {
  const part = fc.oneof(
    text(letters + DIGITS, 1, 3),
    text(PUNCTUATION, 1, 3),
    fc.constantFrom(...SNIPPETS),
  );
  return fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(''));
}

const header = token(LETTERS + LETTERS.toUpperCase()).filter(
  (name) => !/^(?:access-control-|set-cookie)/i.test(name),
);
const method = token(LETTERS.toUpperCase()).map((name) => name.toUpperCase());

const label = fc
  .tuple(text(LETTERS + DIGITS, 1, 3), text(`${LETTERS}${DIGITS}-_`, 0, 6), text(LETTERS, 1, 2))
  .map((parts) => parts.join(''));
const port = fc.oneof(
  fc.constant(''),
  fc.integer({ min: 1, max: 65_535 }).map((number) => `:${number}`),
);
const web = fc
  .tuple(fc.constantFrom('http', 'https'), fc.array(label, { maxLength: 2 }), port)
  .map(([scheme, labels, end]) => `${scheme}://${[...labels, 'example', 'com'].join('.')}${end}`);
const address = fc
  .integer({ min: 1, max: 0xffff })
  .map((part) => `http://[2001:db8::${part.toString(16)}]:8080`);
const other = fc
  .tuple(
    text(LETTERS, 1, 2),
    text(`${LETTERS}${DIGITS}+-.`, 1, 6),
    text(`${LETTERS}${LETTERS.toUpperCase()}._-`, 1, 8),
  )
  .map(([first, rest, host]) => `${first}${rest}://${host}`);
const pattern = fc.oneof(
  label.map((name) => `https://*.${name}.example.com`),
  fc.tuple(text(LETTERS, 1, 3), port).map(([name, end]) => `https://${name}-*.example.com${end}`),
);
/** Its first text is a name of a host, the second has any character; how it is escaped differs. */
const expression = fc
  .tuple(
    text(LETTERS, 1, 4),
    text(` ${PUNCTUATION}*"\\/()[]{}<>,;:=@?ab1`, 1, 6),
    fc.constantFrom('', 'i', 'u'),
  )
  .map(([name, hostile, flags]) => {
    const escaped = Array.from(hostile, (character) =>
      /[$^\\/.*+?()[\]{}|]/.test(character) ? `\\${character}` : character,
    ).join('');
    return new RegExp(`^https:\\/\\/(?:${name}|${escaped})\\.example\\.com$`, flags);
  });
const origin: fc.Arbitrary<string | RegExp> = fc.oneof(
  { weight: 3, arbitrary: web },
  address,
  other,
  pattern,
  { weight: 2, arbitrary: expression },
);

const path = fc
  .tuple(text(LETTERS, 1, 2), text(IN_PATHS, 1, 4), text(`${LETTERS}${DIGITS}`, 1, 2))
  .map((parts) => parts.join('').replaceAll('%', '%25'))
  .filter((written) => !written.includes('..'));

export const hostilePolicy: fc.Arbitrary<HostilePolicy> = fc.record({
  allowedHeaders: fc.uniqueArray(header, { minLength: 1, maxLength: 6 }),
  exposedHeaders: fc.uniqueArray(header, { minLength: 1, maxLength: 6 }),
  methods: fc.uniqueArray(method, { minLength: 1, maxLength: 4 }),
  origins: fc.uniqueArray(origin, { minLength: 1, maxLength: 5, selector: String }),
  paths: fc.uniqueArray(path, { minLength: 1, maxLength: 3 }),
});

/** An application with such a policy, and the same without CORS. */
export function hostileModules(policy: HostilePolicy): {
  readonly module: Type;
  readonly plain: Type;
} {
  const { allowedHeaders, exposedHeaders, methods, origins } = policy;

  @Controller()
  class HostileController {
    @Get([...policy.paths]) get() {}
    @Put('x') @Cors({ methods: ['PUT', ...methods] }) put() {}
    @Put('y') @Cors({ methods: '*', allowedHeaders: '*' }) any() {}
  }
  @Module({
    imports: [
      CorsModule.forRoot({
        origin: [...origins],
        allowedHeaders: [...allowedHeaders],
        exposedHeaders: [...exposedHeaders],
      }),
    ],
    controllers: [HostileController],
  })
  class HostileModule {}
  @Module({ controllers: [HostileController] })
  class PlainModule {}
  return { module: HostileModule, plain: PlainModule };
}
