import type { Blocked } from '../blocked.js';
import type { CorsCheckId } from '../cors-check-id.js';
import type { Fix } from '../fix.js';

/** For each of some checks, how to say what would let a request pass it. */
export type Fixes<Check extends CorsCheckId> = Readonly<Record<Check, (blocked: Blocked) => Fix>>;
