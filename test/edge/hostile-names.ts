import { Controller, Get, Module, Put, type Type } from '@nestjs/common';
import { Cors, CorsModule } from 'nestjs-cors';

/** Every character that a name of a header may have besides letters and digits. */
const PUNCTUATION = "!#$%&'*+-.^_`|~";
const NAMES = [
  ...Array.from(PUNCTUATION, (character) => `x-${character}y`).filter(
    (name) => !name.includes('*'),
  ),
  'x-$1',
  'x-$1y',
  'x-%ye',
  'x-$$y',
  '$http_host',
  '%ts',
  "x-'quoted'",
  'x-`quoted`',
  'x-#comment',
  'x-+',
  '+',
];

@Controller()
class HostileNamesController {
  @Get("quo'ted") quoted() {}
  @Get('dol$lar') dollar() {}
  @Get('per%25cent') percent() {}
  @Get('a~b') tilde() {}
  @Get('a,b') comma() {}
  @Get('a&b') ampersand() {}
  @Get('a=b;c') semicolon() {}
  @Get('a@b') at() {}
  @Put('x') @Cors({ methods: ['PUT', "X-$1'`|~", 'X-%YE'] }) put() {}
}

const CONTROLLERS: Type[] = [HostileNamesController];

/** An application whose names and origins have every character that they may have. */
@Module({
  imports: [
    CorsModule.forRoot({
      origin: [
        'https://app.example.com',
        'https://xn--bcher-kva.example',
        'http://[::1]:8080',
        'https://a_b-c.example.com',
        'chrome-extension://AbCdEfGhIjKlMnOp',
        'x+y-z.1://Host_Name.x',
        /^https:\/\/(?:a'b|c"d|e#f|g\$h|[`%&~]{2}|i\{1\}|j;k)?\.?x\.example\.com$/,
      ],
      allowedHeaders: NAMES,
      exposedHeaders: NAMES,
    }),
  ],
  controllers: CONTROLLERS,
})
export class HostileNamesModule {}

/** The same without CORS. */
@Module({ controllers: CONTROLLERS })
export class PlainHostileNamesModule {}
