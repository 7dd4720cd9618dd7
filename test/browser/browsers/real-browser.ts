/** A browser with one page open. */
export interface RealBrowser {
  readonly version: string;
  /** Goes to a URL, once the page there has loaded. */
  open(url: string): Promise<void>;
  /** Runs a function in the page. It can use its argument, and nothing else of its file. */
  run<In, Out>(work: (argument: In) => Promise<Out>, argument: In): Promise<Out>;
  /** All that the console has shown until now; empty where the browser does not expose it. */
  console(): Promise<readonly string[]>;
  close(): Promise<void>;
}
