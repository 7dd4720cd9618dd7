import type { AgreementCase } from './agreement-case.js';

/** A call for a page to make. */
interface PageCall {
  readonly url: string;
  readonly fetch: AgreementCase['fetch'];
  readonly calls: number;
}

/** What a page saw of its call. */
interface PageResult {
  /** Whether `fetch()` resolved. */
  readonly resolved: boolean;
  /** The response headers that the page can read; of a rejected call, none. */
  readonly readable: readonly string[];
}

/** Makes the calls, a few at a time. It runs in the page: it can use nothing of this file. */
export async function callInPage(calls: readonly PageCall[]): Promise<readonly PageResult[]> {
  const results: PageResult[] = [];
  const waiting = [...calls.entries()];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, { url, fetch: init, calls: times }] = next;
      for (let time = 0; time < times; time += 1) {
        try {
          // oxlint-disable-next-line no-await-in-loop
          const { headers } = await fetch(url, {
            ...init,
            headers: new Headers(
              init.headers?.map(([field, value]): [string, string] => [field, value]),
            ),
          });
          results[index] = { resolved: true, readable: [...headers.keys()].toSorted() };
        } catch {
          results[index] = { resolved: false, readable: [] };
        }
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  return results;
}
