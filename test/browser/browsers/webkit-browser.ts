import { freePort } from '../../support/free-port.js';
import { Program } from './program.js';
import type { RealBrowser } from './real-browser.js';
import { WebDriver } from './web-driver.js';

const MINI_BROWSER =
  process.env['WEBKIT'] ?? '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** WebKitGTK by WebDriver, on a display that nobody sees: it has no mode without one. */
export class WebKitBrowser implements RealBrowser {
  private constructor(
    private readonly driver: WebDriver,
    private readonly programs: readonly Program[],
  ) {}

  static async start(): Promise<WebKitBrowser> {
    // Xvfb takes a free display, and prints its number.
    const display = await Program.start(
      'Xvfb',
      ['-displayfd', '1', '-nolisten', 'tcp'],
      (printed) => (printed.endsWith('\n') ? printed.trim() : null),
    );
    const programs = [display.program];
    try {
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      const server = await Program.start(
        'WebKitWebDriver',
        [`--port=${port}`],
        () => answers(`${url}/status`),
        { DISPLAY: `:${display.value}` },
      );
      programs.unshift(server.program);
      const driver = await WebDriver.start(url, {
        browserName: 'MiniBrowser',
        acceptInsecureCerts: true,
        'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] },
      });
      await driver.post('timeouts', { script: 300_000 });
      return new WebKitBrowser(driver, programs);
    } catch (error) {
      await stop(programs);
      throw error;
    }
  }

  get version(): string {
    return this.driver.version;
  }

  async open(url: string): Promise<void> {
    await this.driver.post('url', { url });
  }

  async run<In, Out>(work: (argument: In) => Promise<Out>, argument: In): Promise<Out> {
    const { result, error } = (await this.driver.post('execute/async', {
      script: `const [argument, done] = arguments;
(${work.toString()})(argument).then((result) => done({ result }), (error) => done({ error: String(error) }));`,
      args: [argument],
    })) as { result: Out; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  }

  console(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  async close(): Promise<void> {
    await this.driver.end();
    await stop(this.programs);
  }
}

async function stop(programs: readonly Program[]): Promise<void> {
  for (const program of programs) {
    // The browser needs its display to the end.
    // oxlint-disable-next-line no-await-in-loop
    await program.stop();
  }
}

async function answers(url: string): Promise<true | null> {
  try {
    return (await fetch(url)).ok || null;
  } catch {
    return null;
  }
}
