import { IsOptional, validate, validateSync } from 'class-validator';
import { IsCorsOrigin } from 'nestjs-cors/class-validator';

class One {
  @IsCorsOrigin()
  origin: unknown;
}

class Many {
  @IsCorsOrigin({ each: true })
  origins: unknown;
}

/** The messages of the rule for a value, none if it is valid. */
function messagesOf(dto: object, values: Record<string, unknown>): string[] {
  const errors = validateSync(Object.assign(dto, values));
  return errors.flatMap(({ constraints }) => Object.values(constraints ?? {}));
}
const one = (origin: unknown) => messagesOf(new One(), { origin });
const many = (origins: unknown) => messagesOf(new Many(), { origins });

describe('@IsCorsOrigin()', () => {
  it.each([
    'https://app.example.com',
    'https://app.example.com:8443',
    'http://localhost:*',
    'http://shop.example.com',
    'https://*.example.com',
    'https://xn--bcher-kva.example',
    'http://[::1]:3000',
    'capacitor://localhost',
    '*',
  ])('takes %s', (origin) => {
    expect(one(origin)).toEqual([]);
  });

  it.each([
    [
      'https://app.example.com/',
      "Expected `origin` to have no slash at the end, got `'https://app.example.com/'` (string). Write `'https://app.example.com'`.",
    ],
    [
      'https://App.example.com',
      "Expected `origin` to be in lower case, got `'https://App.example.com'` (string). Write `'https://app.example.com'`.",
    ],
    [
      'https://app.example.com:443',
      "Expected `origin` not to name the scheme's default port, got `'https://app.example.com:443'` (string). Write `'https://app.example.com'`.",
    ],
    ['app.example.com', 'Expected `origin` to begin with a scheme, got '],
    ['https://a.example,https://b.example', 'Expected `origin` to be one origin, got '],
    [
      'https://*.github.io',
      'Expected `origin` not to cover names below the public suffix `github.io`, got ',
    ],
    ['https://me:secret@a.example', 'Expected `origin` to have no user name or password, got '],
    ['null', 'Expected `origin` not to be `null`, got '],
    ['', 'Expected `origin` to be an origin, got '],
    ['/^https:/', 'Expected `origin` to be an origin, got '],
    [`https://${'a'.repeat(1_000_000)}`, 'Expected `origin` to have at most 512 characters, got '],
  ])('refuses %.40s, with the value, the rule and the remedy', (origin, beginning) => {
    const messages = one(origin);
    expect(messages).toEqual([expect.stringContaining(beginning)]);
    expect(messages[0]?.length).toBeLessThan(500);
  });

  it.each([
    [undefined, '`undefined`'],
    [null, '`null`'],
    [1, '`1` (number)'],
    [true, '`true` (boolean)'],
    [{ toString: () => 'https://a.example' }, '`{…}` (object)'],
    [/^https:\/\/a\.example$/, '`/^https:\\/\\/a\\.example$/` (RegExp)'],
    [['https://a.example'], '`[… 1 …]` (array)'],
    [class Origins {}, '`function Origins` (function)'],
  ])('refuses what is not a string: %p', (value, got) => {
    expect(one(value)).toEqual([
      `Expected \`origin\` to be a string, got ${got}. Write an origin such as \`'https://app.example.com'\`.`,
    ]);
  });

  it('names each wrong member of a list', () => {
    expect(many(['https://a.example', 'https://b.example/', 5])).toEqual([
      "Expected `origins[1]` to have no slash at the end, got `'https://b.example/'` (string). Write `'https://b.example'`. Browsers compare byte for byte, and send nothing but scheme, host and port. Expected `origins[2]` to be a string, got `5` (number). Write an origin such as `'https://app.example.com'`.",
    ]);
  });

  it.each([
    ['a list', ['https://a.example', 'https://*.b.example']],
    ['an empty list', []],
    ['any origin, alone', ['*']],
    ['a set', new Set(['https://a.example'])],
    ['a map', new Map([['a', 'https://a.example']])],
  ])('with `each` takes %s', (_, origins) => {
    expect(many(origins)).toEqual([]);
  });

  it.each([
    ['a list', ['*', 'https://a.example'], 'origins[0]'],
    ['a set', new Set(['https://a.example', '*']), 'origins[1]'],
  ])('with `each` refuses any origin beside others in %s', (_, origins, member) => {
    expect(many(origins)).toEqual([
      expect.stringContaining(`Expected \`${member}\` to stand alone`),
    ]);
  });

  it('with `each` reads a value that is not a list as one origin', () => {
    expect(many('https://a.example')).toEqual([]);
    expect(many('https://a.example/')).toEqual([
      expect.stringContaining('Expected `origins` to have no slash at the end'),
    ]);
  });

  it.each(['', 'undefined', 'https://a.example,https://b.example', 'https://*.github.io'])(
    'tells the sender of %j nothing of code or its environment',
    (origin) => {
      expect(one(origin).join()).not.toMatch(/process\.env|environment|dangerously/);
      expect(one(origin)).toHaveLength(1);
    },
  );

  it('keeps its message short, whatever is sent', () => {
    const [message = ''] = many(Array.from({ length: 10_000 }, () => 'https://a.example/'));
    expect(message).toMatch(/`origins\[9\]`.* There are more like these\.$/);
    expect(message.length).toBeLessThan(3000);
  });

  it('never repeats what was sent unescaped', () => {
    const [message] = one('\u001B[31m $value $property $target $constraint1');
    expect(message).toContain("got `'\\u{1b}[31m \\x24value \\x24property \\x24target ");
    expect(message).not.toContain('\u001B');
  });

  it('takes the options of class-validator', async () => {
    class Options {
      @IsOptional({ always: true })
      @IsCorsOrigin({ message: 'no: $value', groups: ['admin'], context: { code: 7 } })
      origin: unknown;

      @IsOptional({ always: true })
      other: unknown;
    }
    const dto = Object.assign(new Options(), { origin: 'x' });
    expect(await validate(dto, { groups: ['user'] })).toEqual([]);
    expect(await validate(dto, { groups: ['admin'] })).toMatchObject([
      { constraints: { isCorsOrigin: 'no: x' }, contexts: { isCorsOrigin: { code: 7 } } },
    ]);
    expect(await validate(new Options(), { groups: ['admin'] })).toEqual([]);
  });

  it("names no environment variable: the value is somebody else's", () => {
    const value = 'https://a.example,https://b.example';
    process.env['TEST_ORIGINS'] = value;
    try {
      expect(one(value).join()).not.toContain('TEST_ORIGINS');
    } finally {
      delete process.env['TEST_ORIGINS'];
    }
  });
});
