import { ForbiddenException } from '@nestjs/common';

/** What `rejectDisallowed` throws. Global exception filters shape the answer. */
export function disallowedOrigin(): ForbiddenException {
  // Without the origin: what a client sends does not come back.
  return new ForbiddenException('The origin of this request is not allowed.');
}
