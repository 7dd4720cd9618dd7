/** What a browser is told at its start, where the defaults of a fresh one do not do. */
export interface BrowserSetting {
  /** Names that lead to this computer; WebKit has no way to be told. */
  readonly names: readonly string[];
  /** Servers of this computer that count as ones of elsewhere, by port. */
  readonly spaces: Readonly<Record<number, 'public' | 'local'>>;
  /** What the user has said to the prompt for the local network, for these pages. */
  readonly permission: 'granted' | 'denied';
  readonly pages: readonly string[];
}
