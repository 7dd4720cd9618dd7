import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One row of `test/cases/configurations.json`. */
export interface Configuration {
  readonly framework: 'nest-express' | 'nest-fastify' | 'express' | 'fastify';
  readonly site: 'enableCors' | 'create' | 'middleware' | 'register';
  readonly argument: string;
  readonly origin: Origin;
  readonly options: Readonly<Record<string, unknown>>;
  readonly around: readonly string[];
  readonly layers?: readonly string[];
  readonly note?: string;
}

interface Expression {
  readonly re: string;
  readonly flags: string;
}

type Member = string | Expression | { readonly env: string; readonly default?: string };

interface Rule {
  readonly list?: readonly string[];
  readonly envList?: readonly string[];
  readonly devList?: readonly string[];
  readonly re?: Expression;
  readonly hostRe?: Expression;
  readonly devRe?: Expression;
  readonly ends?: string;
  readonly starts?: string;
  readonly hostEnds?: string;
  readonly envOrAny?: true;
  readonly any?: true;
  readonly devAny?: true;
}

export type Origin =
  | { readonly k: 'none' | 'true' | 'star' }
  | { readonly k: 'string'; readonly v: string }
  | { readonly k: 'env'; readonly default?: string }
  | { readonly k: 'template'; readonly set: string }
  | {
      readonly k: 'env-split';
      readonly default: 'true' | readonly string[];
      readonly trim: boolean;
      readonly filter: boolean;
    }
  | { readonly k: 'list'; readonly v: readonly Member[]; readonly filtered?: true }
  | {
      readonly k: 'function';
      readonly noOrigin: boolean;
      readonly refuse: 'error' | 'false';
      readonly rules: readonly Rule[];
      readonly logs?: true;
      readonly normalises?: true;
    }
  | { readonly k: 'by-environment'; readonly prod: Origin; readonly dev: Origin }
  | { readonly k: 'delegate'; readonly what: string };

export function nestConfigurations(): readonly Configuration[] {
  const all: readonly Configuration[] = JSON.parse(
    readFileSync(join(process.cwd(), 'test/cases/configurations.json'), 'utf8'),
  );
  return all.filter(({ framework }) => framework.startsWith('nest'));
}

/** The sources of a small application with that configuration, by their names. */
export function projectOf(row: Configuration): Readonly<Record<string, string>> {
  return {
    'src/main.ts': mainOf(row),
    'src/app.module.ts': moduleOf(row),
    ...(row.argument === 'import' && { 'src/cors.config.ts': `${optionsFile(row)}\n` }),
  };
}

const usesConfig = ({ around, argument, origin }: Configuration) =>
  around.includes('configservice') && argument !== 'import' && origin.k === 'env-split';

function moduleOf(row: Configuration): string {
  const config = usesConfig(row);
  return `import { Controller, Delete, Get, Module, Put } from '@nestjs/common';
${config ? "import { ConfigModule } from '@nestjs/config';\n" : ''}
@Controller('orders')
class OrdersController {
  @Get() list() {
    return [];
  }

  @Put() update() {
    return {};
  }

  @Delete() remove() {
    return {};
  }
}

@Module({
${config ? '  imports: [ConfigModule.forRoot({ isGlobal: true })],\n' : ''}  controllers: [OrdersController],
})
export class AppModule {}
`;
}

function mainOf(row: Configuration): string {
  const isFastify = row.framework === 'nest-fastify';
  const config = usesConfig(row);
  const layers = row.layers ?? [];
  const usesCors = row.site === 'middleware' || layers.includes('cors()');
  const lines = [
    ...(config ? ["import { ConfigService } from '@nestjs/config';"] : []),
    "import { NestFactory } from '@nestjs/core';",
    ...(isFastify
      ? ["import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';"]
      : ["import type { NestExpressApplication } from '@nestjs/platform-express';"]),
    ...(usesCors ? ["import cors from 'cors';"] : []),
    "import { AppModule } from './app.module.js';",
    ...(row.argument === 'import' ? ["import { corsOptions } from './cors.config.js';"] : []),
    '',
    ...(row.argument === 'inline+helper'
      ? [
          'function parseOrigins(value: string | undefined): boolean | string[] {',
          '  if (!value) return true;',
          "  return value.split(',').map((one) => one.trim()).filter(Boolean);",
          '}',
          '',
        ]
      : []),
    'export async function bootstrap() {',
    ...indent(body(row, isFastify, config)),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function body(row: Configuration, isFastify: boolean, config: boolean): string[] {
  const layers = row.layers ?? [];
  const type = isFastify ? 'NestFastifyApplication' : 'NestExpressApplication';
  const made = layers.find((one) => one.startsWith('create '));
  const given: Readonly<Record<string, string>> = {
    'create cors: true': 'cors: true',
    'create cors: false': 'cors: false',
    'create cors: {…}': "cors: { origin: '*' }",
  };
  const cors =
    row.site === 'create'
      ? `cors: ${row.argument === 'true' ? 'true' : optionsOf(row)}`
      : given[made ?? ''];
  const options = [
    'logger: false',
    'abortOnError: false',
    ...(cors === undefined ? [] : [cors]),
  ].join(', ');
  const adapter = isFastify ? 'new FastifyAdapter(), ' : '';
  return [
    `const app = await NestFactory.create<${type}>(AppModule, ${adapter}{ ${options} });`,
    ...(config ? ['const config = app.get(ConfigService);'] : []),
    ...callOf(row),
    ...(layers.includes('enableCors()') ? ['app.enableCors();'] : []),
    ...(layers.includes('cors()') ? ['app.use(cors());'] : []),
    ...(layers.includes('headers by hand')
      ? [
          'app.use((_: unknown, res: { header: Function }, next: () => void) => {',
          "  res.header('Access-Control-Allow-Origin', '*');",
          '  next();',
          '});',
        ]
      : []),
    "await app.listen(0, '127.0.0.1');",
    'return app;',
  ];
}

function callOf(row: Configuration): string[] {
  if (row.site === 'create') return [];
  const { origin, argument } = row;
  const call = (options: string) =>
    row.site === 'middleware' ? `app.use(cors(${options}));` : `app.enableCors(${options});`;
  if (origin.k === 'delegate') {
    return [
      'app.enableCors((_request: unknown, answer: Function) => {',
      `  answer(null, { origin: true, credentials: ${row.options['credentials'] === true} });`,
      '});',
    ];
  }
  if (argument === 'none') return [call('')];
  if (argument === 'import') return [call('corsOptions')];
  if (argument === 'if/else' && origin.k === 'by-environment') {
    return [
      "if (process.env.NODE_ENV === 'production') {",
      `  ${call(optionsOf({ ...row, origin: origin.prod }))}`,
      '} else {',
      `  ${call(origin.dev.k === 'none' ? '' : optionsOf({ ...row, origin: origin.dev }))}`,
      '}',
    ];
  }
  if (argument === 'variable')
    return [`const corsOptions = ${optionsOf(row)};`, call('corsOptions')];
  if (argument === 'inline+var') {
    return [
      `const origins = ${valueOf(row.origin, usesConfig(row))};`,
      call(optionsOf(row, 'origins')),
    ];
  }
  return [call(optionsOf(row))];
}

function optionsFile(row: Configuration): string {
  return `import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface.js';

export const corsOptions: CorsOptions = ${optionsOf(row)};`;
}

/** The object, over several lines. */
function optionsOf(row: Configuration, origin = valueOf(row.origin, usesConfig(row))): string {
  if (row.argument === 'inline+helper') {
    return '{\n  origin: parseOrigins(process.env.ORIGINS),\n}';
  }
  const lines = [
    ...(origin === '' ? [] : [`origin: ${origin},`]),
    ...Object.entries(row.options).map(([name, value]) => `${name}: ${JSON.stringify(value)},`),
  ];
  return `{\n${indent(lines).join('\n')}\n}`;
}

function valueOf(origin: Origin, config: boolean): string {
  switch (origin.k) {
    case 'none':
    case 'delegate':
      return '';
    case 'true':
      return 'true';
    case 'star':
      return "'*'";
    case 'string':
      return `'${origin.v}'`;
    case 'template':
      return '`http://localhost:${Number(process.env.PAGE_PORT)}`';
    case 'env':
      return origin.default === undefined
        ? 'process.env.ORIGIN'
        : `process.env.ORIGIN || '${origin.default}'`;
    case 'env-split':
      return splitOf(origin, config);
    case 'list':
      return listOf(origin);
    case 'by-environment':
      return `process.env.NODE_ENV === 'production' ? ${valueOf(origin.prod, config)} : ${valueOf(origin.dev, config)}`;
    case 'function':
      return functionOf(origin);
  }
}

function splitOf(origin: Extract<Origin, { k: 'env-split' }>, config: boolean): string {
  const rest = `.split(',')${origin.trim ? '.map((one) => one.trim())' : ''}${origin.filter ? '.filter(Boolean)' : ''}`;
  if (origin.default === 'true') return `process.env.ORIGINS?${rest} ?? true`;
  const standard = origin.default.join(',');
  return config
    ? `config.get<string>('ORIGINS', '${standard}')${rest}`
    : `(process.env.ORIGINS || '${standard}')${rest}`;
}

function listOf({ v, filtered }: Extract<Origin, { k: 'list' }>): string {
  const members = v.map((one) => {
    if (typeof one === 'string') return `'${one}'`;
    if ('re' in one) return expression(one);
    return one.default === undefined
      ? '(process.env.ORIGIN as string)'
      : `process.env.ORIGIN || '${one.default}'`;
  });
  return `[${members.join(', ')}]${filtered === true ? '.filter(Boolean)' : ''}`;
}

const expression = ({ re, flags }: Expression) => `/${re}/${flags}`;
const quoted = (all: readonly string[]) => `[${all.map((one) => `'${one}'`).join(', ')}]`;

function functionOf(origin: Extract<Origin, { k: 'function' }>): string {
  const subject = origin.normalises === true ? 'normalised' : 'origin';
  const rules = origin.rules.map((one) => ruleOf(one, subject));
  const condition = [...(origin.noOrigin ? ['!origin'] : []), ...rules].join(' || ');
  const lines = [
    ...(origin.normalises === true
      ? ["const normalised = (origin ?? '').replace(/\\/$/, '');"]
      : []),
    `if (${condition}) {`,
    '  callback(null, true);',
    '} else {',
    ...(origin.logs === true ? ['  process.uptime();'] : []),
    origin.refuse === 'error'
      ? "  callback(new Error('Not allowed by CORS'));"
      : '  callback(null, false);',
    '}',
  ];
  const type =
    '(origin: string | undefined, callback: (error: Error | null, allow?: boolean) => void)';
  return `${type} => {\n${indent(indent(lines)).join('\n')}\n  }`;
}

function ruleOf(rule: Rule, subject: string): string {
  const development = "process.env.NODE_ENV !== 'production'";
  if (rule.list !== undefined) return `${quoted(rule.list)}.includes(${subject})`;
  if (rule.envList !== undefined) {
    return `(process.env.ORIGINS || '${rule.envList.join(',')}').split(',').includes(${subject})`;
  }
  if (rule.devList !== undefined) {
    return `(${development} && ${quoted(rule.devList)}.includes(${subject}))`;
  }
  if (rule.re !== undefined) return `${expression(rule.re)}.test(${subject})`;
  if (rule.devRe !== undefined)
    return `(${development} && ${expression(rule.devRe)}.test(${subject}))`;
  if (rule.hostRe !== undefined)
    return `${expression(rule.hostRe)}.test(new URL(${subject}).hostname)`;
  if (rule.hostEnds !== undefined)
    return `new URL(${subject}).hostname.endsWith('${rule.hostEnds}')`;
  if (rule.ends !== undefined) return `${subject}.endsWith('${rule.ends}')`;
  if (rule.starts !== undefined) return `${subject}.startsWith('${rule.starts}')`;
  if (rule.envOrAny !== undefined) {
    return `(!process.env.ORIGINS || process.env.ORIGINS.split(',').includes(${subject}))`;
  }
  return rule.devAny === true ? development : 'true';
}

function indent(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.split('\n').map((one) => (one === '' ? one : `  ${one}`)));
}
