import { isOptionsObject } from './is-options-object.js';
import type { IssueList } from './issue-list.js';
import { issueOf } from './issue.js';
import { optionPath } from './option-path.js';
import { overlayOptions } from './overlay-options.js';
import { ownOption } from './own-option.js';
import type { RootOptions } from './root-reader.js';
import type { SourcedOptions } from './sourced-options.js';
import { unknownPolicy } from './unknown-policy.js';

type Written = Readonly<Record<string, unknown>>;

/** Reads what `@Cors()` was given, or a member of `paths`. */
export class OverrideReader {
  constructor(
    private readonly root: RootOptions,
    private readonly issues: IssueList,
  ) {}

  /**
   * @param source `@Cors() on OrdersController.update`
   * @param nearness see `SourcedOption`
   * @param written as given; `{}` for `@Cors()`
   */
  read(source: string, nearness: number, written: unknown): SourcedOptions | false {
    if (written === false) return false;
    const options = typeof written === 'string' ? { policy: written } : written;
    const isObject = isOptionsObject(options);
    if (!isObject) this.issues.add([wrongType(source, written)]);
    const own = this.root.reader.read(
      { source, kind: 'override', nearness },
      isObject ? options : {},
    );
    const policy = isObject ? this.readPolicy(source, options) : undefined;
    return policy === undefined ? own : overlayOptions(policy, own);
  }

  /** The options of the named policy, if one is named and known. */
  private readPolicy(source: string, written: Written): SourcedOptions | undefined {
    const name = ownOption(written, 'policy');
    if (name === undefined) return undefined;
    const policy = typeof name === 'string' ? this.root.policies.get(name) : undefined;
    if (policy !== undefined) return policy;
    const path = optionPath(source, 'policy');
    this.issues.add([unknownPolicy(path, name, [...this.root.policies.keys()])]);
    return undefined;
  }
}

function wrongType(source: string, written: unknown) {
  return issueOf(source, '@Cors()', written, {
    reason: written === undefined ? 'override-undefined' : 'override-wrong-type',
    rule: 'to be given options, the name of a policy, or `false`',
    remedy:
      written === undefined
        ? 'Write `@Cors()` without anything to keep the outer policy.'
        : 'Write options, such as `@Cors({ maxAge: 60 })`.',
  });
}
