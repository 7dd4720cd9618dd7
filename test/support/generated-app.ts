import {
  Controller,
  Header,
  Module,
  RequestMapping,
  RequestMethod,
  Version,
  type Type,
} from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';

/** A handler of a generated application. */
export interface GeneratedHandler {
  readonly method: keyof typeof RequestMethod;
  readonly paths: readonly string[];
  readonly version?: string | readonly string[];
  /** `own`: an origin of its own; `off`: `@Cors(false)`; `outer`: no `@Cors()` on the method. */
  readonly cors: 'own' | 'off' | 'outer';
}

/** A controller of a generated application. */
export interface GeneratedController {
  readonly paths: readonly string[];
  readonly host?: string;
  readonly version?: string | readonly string[];
  readonly cors: 'own' | 'off' | 'outer';
  readonly handlers: readonly GeneratedHandler[];
}

export const GLOBAL_ORIGIN = 'https://global.example.com';

/** A module of generated controllers; each handler answers with its name in the header `x-id`. */
export function generatedModule(controllers: readonly GeneratedController[]): {
  module: Type;
  /** The same without CORS. */
  plain: Type;
  /** Which origin a handler's policy allows, by the handler's name; `false`: CORS is off. */
  origins: ReadonlyMap<string, string | false>;
} {
  const origins = new Map<string, string | false>();
  const classes = controllers.map((controller, index) => generate(controller, index, origins));

  @Module({ imports: [CorsModule.forRoot({ origin: GLOBAL_ORIGIN })], controllers: classes })
  class GeneratedModule {}
  @Module({ controllers: classes })
  class PlainModule {}
  return { module: GeneratedModule, plain: PlainModule, origins };
}

function generate(
  { paths, host, version, cors, handlers }: GeneratedController,
  index: number,
  origins: Map<string, string | false>,
): Type {
  class Generated {}
  Object.defineProperty(Generated, 'name', { value: `C${index}` });
  const classOrigin = `https://c${index}.example.com`;
  if (cors !== 'outer') Cors(cors === 'off' ? false : { origin: classOrigin })(Generated);
  const outer = cors === 'off' ? false : cors === 'own' ? classOrigin : GLOBAL_ORIGIN;

  handlers.forEach((handler, position) => {
    const id = `c${index}h${position}`;
    const own = `https://${id}.example.com`;
    Object.defineProperty(Generated.prototype, id, {
      value: () => ({ id }),
      writable: true,
      configurable: true,
    });
    const decorators = [
      RequestMapping({ path: [...handler.paths], method: RequestMethod[handler.method] }),
      Header('x-id', id),
      ...(handler.version === undefined ? [] : [Version([handler.version].flat())]),
      ...(handler.cors === 'outer' ? [] : [Cors(handler.cors === 'off' ? false : { origin: own })]),
    ];
    const descriptor = Object.getOwnPropertyDescriptor(Generated.prototype, id);
    if (descriptor === undefined) throw new Error(`No method ${id}.`);
    for (const decorate of decorators) decorate(Generated.prototype, id, descriptor);
    origins.set(id, handler.cors === 'own' ? own : handler.cors === 'off' ? false : outer);
  });

  Controller({
    path: [...paths],
    ...(host !== undefined && { host }),
    ...(version !== undefined && { version: [version].flat() }),
  })(Generated);
  return Generated;
}
