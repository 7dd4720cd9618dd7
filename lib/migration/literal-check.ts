import { compileConfiguration } from '../options/compile-configuration.js';
import { loadOriginTools, type OriginTools } from '../options/origin/origin-tools.js';
import { CorsConfigError, type CorsConfigIssue } from '../options/refusal/cors-config-error.js';

const NOBODY = () => false;

/** What the module itself would say of options that are written as literals. */
export class LiteralCheck {
  private constructor(private readonly tools: OriginTools) {}

  static async load(): Promise<LiteralCheck> {
    return new LiteralCheck(
      await loadOriginTools([/^https:\/\/a\.example$/, 'https://*.a.example']),
    );
  }

  /** The issues of options, none if the boot would accept them. */
  issuesOf(options: Readonly<Record<string, unknown>>): readonly CorsConfigIssue[] {
    try {
      compileConfiguration({
        options,
        handlers: [],
        resolvers: {
          reasonAgainst: () => undefined,
          fromFunction: () => NOBODY,
          fromClass: () => NOBODY,
        },
        tools: this.tools,
      });
      return [];
    } catch (error) {
      if (error instanceof CorsConfigError) return error.issues;
      throw error;
    }
  }

  /** What is wrong with one origin, a string or a RegExp. */
  originIssue(origin: string | RegExp, credentials: boolean): CorsConfigIssue | undefined {
    return this.issuesOf({ origin: [origin], credentials })[0];
  }
}
