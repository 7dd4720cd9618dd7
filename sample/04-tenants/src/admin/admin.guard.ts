import { createHash, timingSafeEqual } from 'node:crypto';
import {
  Injectable,
  UnauthorizedException,
  type CanActivate,
  type ExecutionContext,
} from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { sampleSettings } from '../sample-settings.js';

/** Lets in who knows `ADMIN_TOKEN`. */
@Injectable()
export class AdminGuard implements CanActivate {
  private readonly expected: Buffer;

  constructor(config: ConfigService) {
    this.expected = digest(`Bearer ${sampleSettings(config).adminToken}`);
  }

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context
      .switchToHttp()
      .getRequest<{ readonly headers: { readonly authorization?: string } }>();
    // Equal lengths and equal time, whatever was guessed.
    if (!timingSafeEqual(digest(headers.authorization ?? ''), this.expected)) {
      throw new UnauthorizedException();
    }
    return true;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
