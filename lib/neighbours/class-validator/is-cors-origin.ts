import { ValidateBy, type ValidationArguments, type ValidationOptions } from 'class-validator';
import type { CorsConfigIssue } from '../../options/refusal/cors-config-error.js';
import { isWildcardAmongOthers, OriginIssues, type OriginSource } from './origin-issues.js';

/** More messages than this help nobody; the list in a request body may have any number of members. */
const MAX_MESSAGES = 10;

/** Whoever sent the value cannot change the code, nor vouch for a public suffix. */
const SENT: OriginSource = {
  allowPublicSuffixes: false,
  remedies: {
    'origin-undefined': 'Send an origin such as `https://app.example.com`.',
    'origin-empty': 'Send an origin such as `https://app.example.com`.',
    'origin-comma-joined': 'Send each as a member of a list.',
    'origin-json-string': 'Send it without the quotes or brackets inside.',
    'origin-regexp-string': 'Send an exact origin, or a pattern such as `https://*.example.com`.',
    'origin-public-suffix': 'Anyone can own a name there. Send the origins one by one.',
  },
};

/**
 * Validates that a property is an origin, as `CorsModule.forRoot({ origin })` takes it in a string:
 * an exact origin, a pattern, or `'*'` for any origin. The messages are those of the module, with
 * the value, the rule and the remedy.
 *
 * With `{ each: true }` it validates every member of a list. There `'*'` must stand alone, as in
 * `forRoot()`. An empty list has no wrong member: add `@ArrayNotEmpty()` to refuse it. Whether an
 * origin is safe with credentials depends on the policy that it becomes part of, and is not checked
 * here.
 *
 * @example permitted
 * class OriginsDto {
 *   @IsArray()
 *   @IsCorsOrigin({ each: true })
 *   readonly origins!: string[]; // ['https://app.example.com', 'https://*.example.com']
 * }
 * @example prohibited: a list is not an origin, and needs `each`
 * class OriginsDto {
 *   @IsCorsOrigin()
 *   readonly origins!: string[];
 * }
 */
export function IsCorsOrigin(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isCorsOrigin',
      validator: {
        // `args.value` is the whole list, of which `value` is a member.
        validate: (value: unknown, args?: ValidationArguments) =>
          !isWildcardAmongOthers(value, sizeOf(args?.value)) &&
          new OriginIssues(SENT).count(value) === 0,
        defaultMessage: (args?: ValidationArguments) => {
          const name = args?.property ?? 'origin';
          const members = options?.each === true ? membersOf(args?.value) : undefined;
          const issues = new OriginIssues(SENT);
          return print(
            members === undefined
              ? issues.of(name, args?.value)
              : firstIssues(issues, name, members),
          );
        },
      },
    },
    options,
  );
}

function sizeOf(value: unknown): number {
  if (isList(value)) return value.length;
  return isCollection(value) ? value.size : 1;
}

function membersOf(value: unknown): readonly unknown[] | undefined {
  if (isList(value)) return value;
  return isCollection(value) ? [...value.values()] : undefined;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What class-validator takes for a list with `each`, besides arrays. */
function isCollection(
  value: unknown,
): value is ReadonlySet<unknown> | ReadonlyMap<unknown, unknown> {
  return value instanceof Set || value instanceof Map;
}

/** Enough of them to print: a list from outside may have any number of members. */
function firstIssues(
  issues: OriginIssues,
  name: string,
  members: readonly unknown[],
): readonly CorsConfigIssue[] {
  const first: CorsConfigIssue[] = [];
  for (let index = 0; index < members.length && first.length <= MAX_MESSAGES; index += 1) {
    first.push(...issues.ofMember(name, index, members));
  }
  return first;
}

function print(issues: readonly CorsConfigIssue[]): string {
  const shown = issues.slice(0, MAX_MESSAGES).map(({ message }) => message);
  if (issues.length > MAX_MESSAGES) shown.push('There are more like these.');
  // class-validator replaces its tokens in the whole text: in a value they would bring back, as it
  // was sent, what the message had escaped.
  return shown.join(' ').replace(/\$(?=value|property|target|constraint)/g, '\\x24');
}
