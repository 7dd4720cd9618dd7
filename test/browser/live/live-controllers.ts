import {
  All,
  Body,
  Controller,
  Delete,
  ForbiddenException,
  Get,
  Header,
  HttpCode,
  type MessageEvent,
  NotFoundException,
  Post,
  Put,
  Query,
  Redirect,
  Req,
  Sse,
  StreamableFile,
  UnauthorizedException,
  UseGuards,
} from '@nestjs/common';
import { NEVER, type Observable, startWith } from 'rxjs';
import { Cors } from '../../../lib/index.js';

interface Asked {
  readonly headers: { readonly cookie?: string };
}
const signedIn = ({ headers }: Asked) => headers.cookie?.includes('session=1') === true;

class SessionGuard {
  canActivate(context: { switchToHttp(): { getRequest(): Asked } }): boolean {
    if (!signedIn(context.switchToHttp().getRequest())) throw new UnauthorizedException();
    return true;
  }
}

class NobodyGuard {
  canActivate(): boolean {
    throw new ForbiddenException();
  }
}

/** Under the global policy, but for what says otherwise. */
@Controller('orders')
class OrdersController {
  @Get()
  @Header('X-Total-Count', '2')
  @Header('X-Secret', 'yes')
  list() {
    return ['tea', 'coffee'];
  }

  @Post()
  create(@Body() body: unknown) {
    return body ?? {};
  }

  @Get(':id/invoice')
  @Cors({ exposedHeaders: ['content-disposition'] })
  invoice() {
    return new StreamableFile(Buffer.from('PDF'), {
      type: 'application/pdf',
      disposition: 'attachment; filename="invoice.pdf"',
    });
  }

  @Put(':id')
  update() {
    return 'updated';
  }

  @Put(':id/note')
  @Cors({ allowedHeaders: ['content-type'] })
  note() {
    return 'noted';
  }

  @Put(':id/uncached')
  @Cors({ maxAge: 0 })
  uncached() {
    return 'updated';
  }
}

/** For any page. */
@Controller('feed')
@Cors({ origin: '*', credentials: false, exposedHeaders: '*' })
class FeedController {
  @Get()
  @Header('X-Version', '7')
  list() {
    return ['tea'];
  }

  @Get('cached')
  @Cors({ exposedHeaders: [] })
  @Header('Cache-Control', 'max-age=600')
  cached() {
    return 'cached';
  }

  @Delete()
  clear() {
    return 'cleared';
  }

  @Sse('events')
  events(): Observable<MessageEvent> {
    return NEVER.pipe(startWith({ data: 'public' }));
  }
}

/** For no page. */
@Controller('hook')
@Cors(false)
class HookController {
  @Get()
  look() {
    return 'hook';
  }

  @Post()
  call() {
    return 'called';
  }
}

/** For pages on any port of this machine. */
@Controller('tools')
@Cors({ origin: 'http://localhost:*' })
class ToolsController {
  @Put()
  use() {
    return 'used';
  }
}

/** For pages of a partner alone. */
@Controller('partner')
@Cors({ origin: 'https://partner.example.com' })
class PartnerController {
  @Get()
  list() {
    return [];
  }
}

@Controller('session')
class SessionController {
  @Post()
  @Header('Set-Cookie', 'session=1; Path=/; HttpOnly; SameSite=Lax')
  signIn() {
    return 'signed in';
  }

  @Get()
  @UseGuards(SessionGuard)
  show() {
    return 'ada';
  }

  @Put()
  @UseGuards(SessionGuard)
  rename() {
    return 'ada';
  }

  @Sse('events')
  events(@Req() request: Asked): Observable<MessageEvent> {
    return NEVER.pipe(startWith({ data: signedIn(request) ? 'signed in' : 'signed out' }));
  }
}

@Controller('failures')
class FailuresController {
  @Get('403')
  @UseGuards(NobodyGuard)
  forbidden() {
    return 'never';
  }

  @Get('404')
  missing() {
    throw new NotFoundException();
  }

  @Get('500')
  @Header('X-Total-Count', '0')
  broken() {
    throw new Error('broken');
  }
}

/** What browsers do besides `fetch()`. */
@Controller('files')
class FilesController {
  @Get('logo.svg')
  logo() {
    return new StreamableFile(
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
      { type: 'image/svg+xml' },
    );
  }

  @Get('module.js')
  module() {
    return new StreamableFile(Buffer.from('export {};'), { type: 'text/javascript' });
  }

  @Get('cached')
  @Header('Cache-Control', 'max-age=600')
  cached() {
    return 'cached';
  }

  @Get('timed')
  @Cors({ timingAllowOrigin: true })
  timed() {
    return 'timed';
  }
}

/** Sends whoever asks elsewhere, with the name of the run. */
@Controller('moved')
class MovedController {
  @All()
  @Redirect()
  moved(@Query('to') to: string, @Query('run') run: string) {
    return { url: `${to}?run=${encodeURIComponent(run)}`, statusCode: 307 };
  }
}

@Controller()
class PageController {
  @Get()
  @HttpCode(200)
  @Header('Content-Type', 'text/html')
  page() {
    return '<!doctype html><link rel="icon" href="data:,"><title>API</title>';
  }
}

/** The controllers of the live API. */
export const LIVE_CONTROLLERS = [
  OrdersController,
  FeedController,
  HookController,
  PartnerController,
  ToolsController,
  SessionController,
  FailuresController,
  FilesController,
  MovedController,
  PageController,
];
