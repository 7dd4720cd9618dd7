import type { SimulateOptions } from '../../../lib/browser/index.js';

/** What a page is: over http or https, on this computer or, as the browser is told, elsewhere. */
export type PageKind = 'local' | 'secure' | 'public' | 'public and secure' | 'public and insecure';

/** Which server is asked: one of this computer, or one that counts as one of the local network. */
export type TargetKind = 'loopback' | 'local';

/** What a server sends as a body, by name. */
export type BodyKind = 'png' | 'js' | 'html' | 'json' | 'css' | 'text';

/** A page that loads something, and what it gets. */
export interface EmbeddingCase {
  readonly title: string;
  readonly page: PageKind;
  readonly load: Pick<
    SimulateOptions,
    | 'destination'
    | 'mode'
    | 'method'
    | 'embedderPolicy'
    | 'targetAddressSpace'
    | 'localNetworkPermission'
  > & { readonly credentials?: 'omit' | 'include' };
  readonly scheme: 'http' | 'https';
  /** Whether the port of an http URL is one of https: where an upgrade leads to an answer. */
  readonly upgradable?: true;
  readonly host: string;
  readonly target: TargetKind;
  readonly answer: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: BodyKind;
  };
}
