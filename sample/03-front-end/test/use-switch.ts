/** What the page shows of one call. */
export interface ShownCall {
  readonly id: string;
  /** Through the proxy, then through CORS. */
  readonly verdicts: readonly string[];
  /** The rows that are marked, as they differ. */
  readonly marked: readonly string[];
}

interface Node {
  readonly id: string;
  readonly textContent: string;
  click(): void;
  querySelectorAll(selector: string): Iterable<Node>;
}

/** Runs in the page, and can use nothing of this file: switches to CORS and reads what is shown. */
export async function useSwitch(calls: number): Promise<readonly ShownCall[]> {
  const { document } = globalThis as unknown as { document: Node };
  const all = (node: Node, selector: string) => [...node.querySelectorAll(selector)];
  const shown = async (selector: string, count: number) => {
    while (all(document, selector).length < count) {
      // oxlint-disable-next-line no-await-in-loop
      await new Promise((again) => {
        setTimeout(again, 20);
      });
    }
  };
  await shown('td strong', calls);
  all(document, 'input[value=cors]').at(0)?.click();
  await shown('td strong', calls * 2);
  return all(document, 'article').map((article) => ({
    id: article.id,
    verdicts: all(article, 'td strong').map(({ textContent }) => textContent),
    marked: all(article, 'tr.differs th').map(({ textContent }) => textContent),
  }));
}
