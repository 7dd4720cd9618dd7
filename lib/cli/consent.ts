import type { Send } from '../browser/index.js';
import type { Resolve } from '../diagnosis/address-spaces.js';
import { printable } from '../text/escape.js';
import { blankSecrets } from '../text/secrets.js';
import type { CheckRequest } from '../diagnosis/check-request.js';
import type { CheckOptions } from './read-arguments.js';
import type { Terminal } from './terminal.js';

/** Which hosts may be contacted: those on the command line, and those that somebody has agreed to. */
export class Consent {
  private readonly hosts = new Map<string, Promise<boolean>>();
  /** Nothing is asked: what is written on the command line is meant. */
  readonly isGiven: boolean;

  constructor(
    { yes }: Pick<CheckOptions, 'yes'>,
    private readonly terminal: Pick<Terminal, 'confirm'>,
    url: string | undefined,
    /** How to agree afterwards. */
    private readonly advice = 'add `--yes` to follow it',
  ) {
    this.isGiven = yes === true || url !== undefined;
  }

  /** Shows what would be sent, and asks. */
  to({ url, method, origin }: CheckRequest): Promise<boolean> {
    return this.ask(url, `Send ${method} ${url} as a page of ${origin}, and up to 9 probes?`);
  }

  /** A network that goes to another host only after that was shown and agreed to. */
  over(send: Send): Send {
    return async (request) => {
      const { host } = new URL(request.url);
      if (
        await this.ask(
          request.url,
          `It is redirected to ${host}. Send ${request.method} ${request.url}?`,
        )
      ) {
        return send(request);
      }
      throw new Error(`Nothing was sent to ${host}, where the redirect leads: ${this.advice}.`);
    };
  }

  /** A look-up of names that goes no further than requests do. */
  overNames(resolve: Resolve): Resolve {
    return async (url) => {
      const { host } = new URL(url);
      return (await this.ask(url, `It is redirected to ${host}. Send a request to ${url}?`))
        ? resolve(url)
        : [];
    };
  }

  private ask(url: string, question: string): Promise<boolean> {
    if (this.isGiven) return Promise.resolve(true);
    const { host } = new URL(url);
    const asked =
      this.hosts.get(host) ??
      this.terminal.confirm?.(printable(blankSecrets(question))) ??
      Promise.resolve(false);
    this.hosts.set(host, asked);
    return asked;
  }
}
