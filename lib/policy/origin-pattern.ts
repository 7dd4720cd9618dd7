/** An origin as options have it, taken apart: an exact one, or a pattern for http or https. */
export interface OriginPattern {
  /** As written. For an exact origin, this is what `Origin` must equal. */
  readonly text: string;
  readonly scheme: string;
  /** Without the `*.` of a pattern. IPv6 addresses in brackets. */
  readonly host: string;
  /** Whether it stands for all names below `host`, one label or more, and not for `host` itself. */
  readonly subdomains: boolean;
  /** As written: empty for the default port, `*` for any port, also the default one. */
  readonly port: string;
}
