import { lookalikeOf } from '../lookalikes.js';
import { integrity } from '../lookalikes/missing-crossorigin.js';
import { httpUrl } from './facts.js';
import type { Paste } from './paste.js';
import type { ReadCall } from './request-code.js';

const ELEMENT = /<(img|script|link|video|audio|track)\b([^>]{0,2000})/i;
/** What Chromium calls them in its messages. */
const KINDS: Readonly<Record<string, string>> = { img: 'image', link: 'CSS stylesheet' };

/**
 * Reads an element of a page that loads something of another origin with CORS, or fails since it does
 * not. Null for all others: they need none.
 */
export function readElement(text: string): ReadCall | null {
  const found = ELEMENT.exec(text);
  if (found === null) return null;
  const [, tag = '', attributes = ''] = found;
  const url = httpUrl(attributeOf(attributes, 'src') ?? attributeOf(attributes, 'href'));
  if (url === undefined) return null;
  const crossorigin = /\bcrossorigin\b/i.test(attributes);
  const isModule = attributeOf(attributes, 'type') === 'module';
  const isFont = attributeOf(attributes, 'as') === 'font';
  const lacks = !crossorigin && !isModule && /\bintegrity\b/i.test(attributes);
  if (!crossorigin && !isModule && !isFont && !lacks) return null;
  const name = tag.toLowerCase();
  const paste: Paste = {
    form: 'code',
    element: isFont ? 'font' : (KINDS[name] ?? name),
    url,
    method: 'GET',
    headers: [],
    credentials: attributeOf(attributes, 'crossorigin') === 'use-credentials',
    ...(lacks && lookalikeOf(integrity)),
  };
  return { paste, index: found.index };
}

function attributeOf(attributes: string, name: string): string | undefined {
  return new RegExp(`\\b${name}\\s*=\\s*["']?([^"'\\s>]+)`, 'i').exec(attributes)?.[1];
}
