/// <reference lib="dom" />
import type { EmbeddingCase } from './embedding-case.js';

/** Something for a page to load. */
export interface PageLoad {
  readonly url: string;
  readonly load: EmbeddingCase['load'];
}

/**
 * Loads one after the other, and says of which the page got something. It runs in the page: it can
 * use nothing of this file.
 */
export async function loadInPage(loads: readonly PageLoad[]): Promise<readonly boolean[]> {
  const byElement = (name: 'image' | 'script' | 'style', url: string): Promise<boolean> =>
    new Promise((resolve) => {
      const tags = { image: 'img', script: 'script', style: 'link' } as const;
      const element = document.createElement(tags[name]);
      element.addEventListener('load', () => resolve(true));
      element.addEventListener('error', () => resolve(false));
      if (element instanceof HTMLLinkElement) {
        element.rel = 'stylesheet';
        element.href = url;
      } else {
        element.src = url;
      }
      document.body.append(element);
    });
  const results: boolean[] = [];
  for (const { url, load } of loads) {
    const { destination = '', mode, method, credentials, targetAddressSpace } = load;
    const isElement =
      destination === 'image' || destination === 'script' || destination === 'style';
    const loaded = isElement
      ? byElement(destination, url)
      : fetch(url, {
          ...(mode !== undefined && { mode }),
          ...(method !== undefined && { method }),
          ...(credentials !== undefined && { credentials }),
          ...(targetAddressSpace !== undefined && { targetAddressSpace }),
        }).then(
          () => true,
          () => false,
        );
    // oxlint-disable-next-line no-await-in-loop
    results.push(await loaded);
  }
  return results;
}
