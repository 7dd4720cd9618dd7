import { checkHeaderNames } from './check-header-names.js';
import { checkMethods } from './check-methods.js';
import { checkNames } from './check-names.js';
import { checkOrigin } from './check-origin.js';
import { checkShape } from './check-shape.js';
import type { CorsConfigIssue } from './cors-config-issue.js';
import type { CorsPolicyOptions } from './cors-policy-options.js';
import type { IssueList } from './issue-list.js';
import type { PolicyOption } from './option-names.js';
import { optionPath } from './option-path.js';
import type { OptionsPlace } from './options-place.js';
import type { OriginReader } from './origin-reader.js';
import { PolicyShape } from './policy-shape.js';
import type { SourcedOption, SourcedOptions } from './sourced-options.js';

type Written = Readonly<Record<string, unknown>>;

/** Reads the options of a policy as written at one place, each checked by itself. */
export class OptionsReader {
  constructor(
    private readonly origins: OriginReader,
    private readonly issues: IssueList,
  ) {}

  read(place: OptionsPlace, written: Written): SourcedOptions {
    this.issues.add(checkNames(place, written));
    return {
      origin: this.readOption(place, written, 'origin'),
      methods: this.readOption(place, written, 'methods'),
      allowedHeaders: this.readOption(place, written, 'allowedHeaders'),
      exposedHeaders: this.readOption(place, written, 'exposedHeaders'),
      credentials: this.readOption(place, written, 'credentials'),
      maxAge: this.readOption(place, written, 'maxAge'),
      timingAllowOrigin: this.readOption(place, written, 'timingAllowOrigin'),
    };
  }

  private readOption<K extends PolicyOption>(
    { source, nearness }: OptionsPlace,
    written: Written,
    option: K,
  ): SourcedOption<NonNullable<CorsPolicyOptions[K]>> | undefined {
    // Nothing on `Object.prototype` may open a server.
    if (!Object.hasOwn(written, option)) return undefined;
    // Once, since a getter may answer differently the next time.
    const value = written[option];
    // Not written, except as `origin`, where it is a forgotten environment variable.
    if (value === undefined && option !== 'origin') return undefined;
    const isValid = this.isValid(source, option, value);
    const path = optionPath(source, option);
    return { value: isValid ? value : undefined, written: value, source, path, nearness };
  }

  private isValid<K extends PolicyOption>(
    source: string,
    option: K,
    value: unknown,
  ): value is NonNullable<CorsPolicyOptions[K]> {
    const issues = this.check(source, option, value);
    this.issues.add(issues);
    return issues.length === 0;
  }

  private check(source: string, option: PolicyOption, value: unknown): CorsConfigIssue[] {
    if (option === 'origin') return checkOrigin(source, this.origins.read(value));
    const shape = new PolicyShape();
    shape[option] = value;
    const issues = checkShape(source, shape);
    // A copy has no holes, over which the checks would pass.
    const members: unknown[] = Array.isArray(value) ? Array.from(value) : [];
    if (option === 'methods') return [...issues, ...checkMethods(source, members)];
    if (option === 'allowedHeaders' || option === 'exposedHeaders') {
      return [...issues, ...checkHeaderNames(source, option, members)];
    }
    return issues;
  }
}
