import { isToken } from '../fetch/tokens.js';
import { MAX_AGE } from '../options/read/max-age.js';
import { keysOf, mapKeys } from '../options/table.js';
import {
  type CorsPolicyFile,
  PASS_THROUGH,
  POLICY_FILE_VERSION,
  type PolicyFileOptions,
  type PolicyFileOrigin,
  type PolicyFileOrigins,
  type PolicyReference,
} from './policy-file.js';

/** A policy file cannot be read; the message says why, and what to do. */
export class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
}

const WRITE_AGAIN = 'Write it again with `npx nestjs-cors policy`.';

/**
 * Reads a policy file, and refuses what it does not understand: what is not compared must not look as
 * if it were the same.
 *
 * @param name how messages call the file
 * @throws PolicyFileError
 */
export function readPolicyFile(text: string, name: string): CorsPolicyFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new PolicyFileError(`Expected JSON in ${name}, got: ${reason}. ${WRITE_AGAIN}`);
  }
  const reader = new PolicyFileReader(name);
  return reader.file(value);
}

/** How messages call what all is in. */
const WHOLE = 'the file';

type Read<T> = (value: unknown, path: string) => T;

class PolicyFileReader {
  private policies: ReadonlySet<string> = new Set();
  private lists: ReadonlySet<string> = new Set();

  constructor(private readonly name: string) {}

  file(value: unknown): CorsPolicyFile {
    const file = this.object(value, WHOLE);
    const { schemaVersion } = file;
    if (schemaVersion !== POLICY_FILE_VERSION) {
      throw new PolicyFileError(
        `Expected \`schemaVersion\` ${POLICY_FILE_VERSION} in ${this.name}, got ${printed(schemaVersion)}. Use the version of nestjs-cors that wrote it, or write it again with \`npx nestjs-cors policy\`.`,
      );
    }
    this.policies = new Set(Object.keys(this.object(file['policies'], 'policies')));
    this.lists = new Set(Object.keys(this.object(file['lists'], 'lists')));
    const reference: Read<PolicyReference> = (member, path) => this.reference(member, path);
    return this.record<CorsPolicyFile>(file, WHOLE, {
      $schema: (member, path) => this.text(member, path),
      schemaVersion: () => POLICY_FILE_VERSION,
      platform: (member, path) =>
        member === null
          ? null
          : this.record(member, path, {
              name: (name, at) => this.text(name, at),
              router: (router, at) =>
                this.members(router, at, (one, key) => this.setting(one, key)),
            }),
      application: (member, path) =>
        this.record(member, path, {
          rejectDisallowed: (one, at) => this.boolean(one, at),
          dangerouslyAllowInsecureOrigins: (one, at) => this.boolean(one, at),
          dangerouslyAllowPublicSuffixes: (one, at) => this.boolean(one, at),
        }),
      global: reference,
      named: (member, path) => this.members(member, path, reference),
      paths: (member, path) => this.members(member, path, reference),
      routes: (member, path) => this.list(member, path, (route, at) => this.route(route, at)),
      policies: (member, path) =>
        this.members(member, path, (policy, at) => this.options(policy, at)),
      lists: (member, path) =>
        this.members(member, path, (list, at) =>
          this.list(list, at, (one, key) => this.origin(one, key)),
        ),
    });
  }

  private route(value: unknown, path: string): CorsPolicyFile['routes'][number] {
    const origin: Read<PolicyFileOrigin> = (member, at) => this.origin(member, at);
    return this.record<CorsPolicyFile['routes'][number]>(
      value,
      path,
      {
        method: (member, at) => this.method(member, at),
        path: (member, at) => this.text(member, at),
        handler: (member, at) => (member === null ? null : this.text(member, at)),
        policy: (member, at) => this.reference(member, at),
        host: (member, at) => this.list(member, at, origin),
        version: (member, at) => this.list(member, at, (one, key) => this.text(one, key)),
        constraints: (member, at) => this.members(member, at, origin),
      },
      ['host', 'version', 'constraints'],
    );
  }

  private options(value: unknown, path: string): PolicyFileOptions {
    const declared =
      <T>(read: Read<T>): Read<{ value: T; declaredAt: string }> =>
      (member, at) =>
        this.record<{ value: T; declaredAt: string }>(member, at, {
          value: read,
          declaredAt: (one, key) => this.text(one, key),
        });
    const boolean = declared((member, at) => this.boolean(member, at));
    const names = (word: string): Read<'*' | readonly string[]> => {
      return (member, at) => {
        if (member === word) return '*';
        return this.list(member, at, (one, key) => this.text(one, key));
      };
    };
    return this.record<PolicyFileOptions>(value, path, {
      origin: declared((member, at) => this.origins(member, at)),
      methods: declared((member, at) => (member === 'mapped' ? 'mapped' : names('*')(member, at))),
      allowedHeaders: declared(names('*')),
      exposedHeaders: declared(names('*')),
      credentials: boolean,
      maxAge: declared((member, at) => this.seconds(member, at)),
      timingAllowOrigin: boolean,
    });
  }

  private origins(value: unknown, path: string): PolicyFileOrigins {
    if (value === '*' || value === false) return value;
    if (Array.isArray(value)) return this.list(value, path, (one, at) => this.origin(one, at));
    const object = this.object(value, path);
    const [key = ''] = Object.keys(object);
    const name = object[key];
    if (Object.keys(object).length !== 1) throw this.unexpected(value, path, 'one member');
    if (key === 'list') {
      const list = this.text(name, `${path}.list`);
      if (!this.lists.has(list)) throw this.unexpected(name, `${path}.list`, 'a name of `lists`');
      return { list };
    }
    if (key !== 'function' && key !== 'class') throw this.unexpected(value, path, 'origins');
    const decider = name === null ? null : this.text(name, `${path}.${key}`);
    return key === 'function' ? { function: decider } : { class: decider };
  }

  private origin(value: unknown, path: string): PolicyFileOrigin {
    if (typeof value === 'string') return value;
    return this.record(value, path, {
      source: (member, at) => this.text(member, at),
      flags: (member, at) => this.text(member, at),
    });
  }

  private reference(value: unknown, path: string): PolicyReference {
    if (value === false || value === PASS_THROUGH) return value;
    const key = this.text(value, path);
    if (!this.policies.has(key)) throw this.unexpected(value, path, 'a name of `policies`');
    return key;
  }

  /** An object with these members and no other; some may be missing. */
  private record<T extends object>(
    value: unknown,
    path: string,
    readers: { readonly [K in keyof T]-?: Read<T[K]> },
    optional: readonly (keyof T)[] = [],
  ): T {
    const object = this.object(value, path);
    const keys = keysOf(readers);
    for (const key of Object.keys(object)) {
      if (!Object.hasOwn(readers, key)) throw this.unexpected(key, path, 'known members');
    }
    const present = keys.filter((key) => Object.hasOwn(object, key) || !optional.includes(key));
    return mapKeys<T>(present, (key) =>
      readers[key](object[key], path === WHOLE ? key : `${path}.${key}`),
    );
  }

  private members<T>(value: unknown, path: string, read: Read<T>): Record<string, T> {
    const entries = Object.entries(this.object(value, path));
    return Object.fromEntries(
      entries.map(([key, member]) => [key, read(member, `${path}[${JSON.stringify(key)}]`)]),
    );
  }

  private list<T>(value: unknown, path: string, read: Read<T>): readonly T[] {
    if (!Array.isArray(value)) throw this.unexpected(value, path, 'a list');
    return value.map((member: unknown, index) => read(member, `${path}[${index}]`));
  }

  private object(value: unknown, path: string): Readonly<Record<string, unknown>> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw this.unexpected(value, path, 'an object');
    }
    return { ...value };
  }

  private setting(value: unknown, path: string): boolean | number {
    return typeof value === 'boolean' ? value : this.number(value, path);
  }

  private text(value: unknown, path: string): string {
    if (typeof value !== 'string') throw this.unexpected(value, path, 'a text');
    return value;
  }

  private method(value: unknown, path: string): string {
    const text = this.text(value, path);
    // As it is compared with that of a request.
    if (!isToken(text) || text !== text.toUpperCase()) {
      throw this.unexpected(value, path, 'a method in upper case');
    }
    return text;
  }

  private seconds(value: unknown, path: string): number {
    const number = this.number(value, path);
    if (Number.isInteger(number) && number >= 0 && number <= MAX_AGE.max) return number;
    throw this.unexpected(value, path, `an integer from 0 to ${MAX_AGE.max}`);
  }

  private number(value: unknown, path: string): number {
    if (typeof value !== 'number') throw this.unexpected(value, path, 'a number');
    return value;
  }

  private boolean(value: unknown, path: string): boolean {
    if (typeof value !== 'boolean') throw this.unexpected(value, path, '`true` or `false`');
    return value;
  }

  private unexpected(value: unknown, path: string, expected: string): PolicyFileError {
    return new PolicyFileError(
      `Expected ${expected} at \`${path}\` in ${this.name}, got ${printed(value)}. ${WRITE_AGAIN}`,
    );
  }
}

const LONGEST = 80;

function printed(value: unknown): string {
  const text = value === undefined ? 'nothing' : jsonOf(value);
  return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}\``;
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // Deeper than the stack: it can be read, and not written.
    return Array.isArray(value) ? 'a deep list' : 'a deep object';
  }
}
