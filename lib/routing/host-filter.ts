type HostPatterns = string | RegExp | readonly (string | RegExp)[];

/**
 * Whether a controller bound to hosts serves a host name, as Nest's own host filter reads it.
 *
 * @see https://github.com/nestjs/nest/blob/master/packages/core/router/router-explorer.ts
 */
export class HostFilter {
  private patterns: readonly RegExp[] | undefined;

  constructor(private readonly host: HostPatterns) {}

  /** Most applications have no such controller: only here is a matcher needed for it. */
  async load(): Promise<void> {
    if (this.patterns !== undefined) return;
    const { compileHost } = await import('./compile-host.js');
    const { host } = this;
    const list = typeof host === 'string' || host instanceof RegExp ? [host] : host;
    this.patterns = list.map((pattern) =>
      typeof pattern === 'string' ? compileHost(pattern) : pattern,
    );
  }

  serves(hostname: string): boolean {
    if (this.patterns === undefined)
      throw new Error('A host filter was used before it was loaded.');
    // `match`, as Nest has it: unlike `test` it keeps no state in a RegExp of the user's.
    return this.patterns.some((pattern) => hostname.match(pattern) !== null);
  }
}
