import type { Dialect } from '../dialect.js';
import type { BrowserMessage } from './browser-message.js';
import { chromiumMessages } from './chromium-messages.js';
import { firefoxMessages } from './firefox-messages.js';
import { safariMessages } from './safari-messages.js';

/** Every message about CORS that the browsers have, as data. */
export const browserMessages: Readonly<Record<Dialect, readonly BrowserMessage[]>> = {
  chromium: chromiumMessages,
  firefox: firefoxMessages,
  safari: safariMessages,
};
