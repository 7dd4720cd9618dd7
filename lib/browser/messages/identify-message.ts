import { BROWSER_NAMES, type BrowserName } from '../browsers.js';
import type { CorsCheckId, Stage } from '../simulation.js';
import { browserMessages } from './browser-messages.js';
import { matchTemplate, templateParts } from './message-template.js';

/** A browser's message recognised in a line of a console. */
export interface IdentifiedMessage {
  /** The browser that words it so. */
  readonly browser: BrowserName;
  /** The checks that end in this message: one, where the browser tells them apart. */
  readonly checks: readonly CorsCheckId[];
  /** Where those checks may have been made. */
  readonly at: readonly Stage[];
  /** The values in the message, such as `url`, `method`, `header` and `value`. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Recognises a message pasted from a browser's console: of any version and for any kind of
 * request, alone or among other text. Null when it is not about CORS.
 */
export function identifyMessage(line: string): IdentifiedMessage | null {
  const pasted = withPlainQuotes(line);
  let best: IdentifiedMessage | null = null;
  let longest = 0;
  for (const browser of BROWSER_NAMES) {
    for (const { checks, at, reason, text } of browserMessages[browser]) {
      const plain = withPlainQuotes(reason);
      const values = matchTemplate(plain, pasted);
      // Of two that match, the longer one says more: that on preflights contains the other one.
      if (values === null || fixedLength(plain) <= longest) continue;
      longest = fixedLength(plain);
      best = {
        browser,
        checks,
        at,
        values: { ...framedValues(reason, text, pasted), ...values },
      };
    }
  }
  return best;
}

/** How much of a message is not values. */
function fixedLength(template: string): number {
  return templateParts(template).reduce(
    (length, part) => ('text' in part ? length + part.text.length : length),
    0,
  );
}

/** The values in the text around the reason: before it in most browsers, after it in Safari. */
function framedValues(
  reason: string,
  text: string,
  pasted: string,
): Readonly<Record<string, string>> {
  const end = text.indexOf(reason) + reason.length;
  return {
    ...matchTemplate(withPlainQuotes(text), pasted),
    // Versions differ in the hints that they append.
    ...matchTemplate(withPlainQuotes(text.slice(0, end)), pasted),
  };
}

/** Terminals, issue trackers and chat programs change quotes at will. */
function withPlainQuotes(text: string): string {
  return text.replaceAll(/[‘’`]/g, "'").replaceAll(/[“”]/g, '"');
}
