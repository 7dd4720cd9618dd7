import type { WatchedRefusal } from '../../observation/observer.js';
import { shortened } from '../../text/escape.js';
import type { SeenRefusal } from '../doors.js';

/** How many refusals are kept. */
export const MOST_KEPT = 200;
/** How much of each text is: origins, paths and names of headers may be as long as a request. */
const LONGEST = 256;
const LONGEST_SENTENCE = 1000;

/** The last refusals of an application; equal ones are one. They take at most a megabyte. */
export class SeenRefusals {
  /** The latest at the end. */
  private readonly kept = new Map<string, SeenRefusal>();

  add({ facts, outcome, preflight, sentence }: WatchedRefusal): void {
    const { origin, method, target, route, requestHeaders } = facts;
    // Sent by a check, to find out how strangers fare: no page was refused.
    if (facts.isProbe) return;
    const own = {
      outcome,
      origin: shortened(origin, LONGEST),
      method: shortened(method, LONGEST),
      // The query may have secrets.
      path: shortened(target.replace(/\?.*/s, ''), LONGEST),
      route: route?.path ?? null,
      handler: route?.handler ?? null,
      preflight,
      requestHeaders:
        preflight && requestHeaders !== undefined ? shortened(requestHeaders, LONGEST) : null,
    };
    const key = JSON.stringify(own);
    const known = this.kept.get(key);
    this.kept.delete(key);
    this.kept.set(key, {
      ...own,
      sentence: known?.sentence ?? shortened(sentence(), LONGEST_SENTENCE),
      times: (known?.times ?? 0) + 1,
      at: Date.now(),
    });
    if (this.kept.size <= MOST_KEPT) return;
    const [oldest = ''] = this.kept.keys();
    this.kept.delete(oldest);
  }

  /** The latest first. */
  list(): readonly SeenRefusal[] {
    return [...this.kept.values()].toReversed();
  }
}
