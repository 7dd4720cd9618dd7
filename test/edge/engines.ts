import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isDecodable } from '../../lib/policy/paths/normalize-path.js';

/** A server that an edge may be, as Debian or npm has it. */
export interface EdgeEngine {
  /** As the command names it. */
  readonly name: 'nginx' | 'haproxy' | 'caddy' | 'apache' | 'worker';
  /** The program with the example of a generated folder, in the foreground. */
  readonly serve: (folder: string) => readonly [program: string, ...args: string[]];
  /** The program's own check of the same. */
  readonly check: (folder: string) => readonly [program: string, ...args: string[]];
  /** Makes an example refuse bodies of more than 10 bytes with 413; undefined: the server has no limit. */
  readonly limitBody?: (example: string) => string;
  /** Targets that the server itself refuses with 400 or 404, whatever is behind it. */
  readonly refuses?: RegExp;
  /** Whether of several lines of a header it may see the first alone, as nginx does before 1.23. */
  readonly readsFirstLine?: boolean;
  /** Targets that are left to the application, whose path reaches it in another form. */
  readonly passes?: RegExp;
  /** The target that reaches the application. */
  readonly forwards?: (target: string) => string;
}

/** Whether what a server has been given decides on a target: neither itself nor the application does. */
export function decidesOn({ refuses, passes }: EdgeEngine, target: string): boolean {
  return refuses?.test(target) !== true && passes?.test(target) !== true;
}

/** The target as it reaches the application. */
export function forwardedBy({ forwards }: EdgeEngine, target: string): string {
  return forwards?.(target) ?? target;
}

export const nginx: EdgeEngine = {
  name: 'nginx',
  // What it cannot decode, or not safely: it says so before it reads any header.
  refuses: /%00|%(?![\da-f]{2})|\/(?:\.|%2e){2}(?:[/?#]|$)/i,
  readsFirstLine: true,
  serve: (folder) => [...nginxOf(folder), '-g', 'daemon off;'],
  check: (folder) => [...nginxOf(folder), '-t'],
  limitBody: (example) => example.replace('server {', 'server {\n    client_max_body_size 10;'),
};

function nginxOf(folder: string): [string, ...string[]] {
  return ['nginx', '-e', 'stderr', '-p', join(folder, 'example'), '-c', 'nginx.conf'];
}

export const haproxy: EdgeEngine = {
  name: 'haproxy',
  // A fragment, which no client sends.
  refuses: /#/,
  serve: (folder) => ['haproxy', ...haproxyFiles(folder)],
  check: (folder) => ['haproxy', '-c', ...haproxyFiles(folder)],
  limitBody: (example) =>
    example.replace(
      '  default_backend',
      '  http-request deny deny_status 413 if { req.body_size gt 10 }\n  default_backend',
    ),
};

function haproxyFiles(folder: string): string[] {
  return ['-f', join(folder, 'cors.cfg'), '-f', join(folder, 'example/haproxy.cfg')];
}

export const caddy: EdgeEngine = {
  name: 'caddy',
  forwards: (target) => {
    const [path = '', ...query] = target.split('?');
    return [asGoWrites(path), ...query].join('?');
  },
  serve: (folder) => ['caddy', 'run', '--config', join(folder, 'example/Caddyfile')],
  check: (folder) => ['caddy', 'validate', '--config', join(folder, 'example/Caddyfile')],
  limitBody: (example) =>
    example.replace('\treverse_proxy', '\trequest_body {\n\t\tmax_size 10\n\t}\n\treverse_proxy'),
};

/** A path that has a character which Go would have encoded is decoded, and encoded as Go does. */
function asGoWrites(path: string): string {
  if (/^[\w.~!$&'()*+,;=:@/%[\]-]*$/.test(path) || !isDecodable(path)) return path;
  const encoded = encodeURIComponent(decodeURIComponent(path));
  return encoded
    .replace(/%(?:24|26|2B|2C|2F|3A|3B|3D|40)/g, (escape) => decodeURIComponent(escape))
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

export const apache: EdgeEngine = {
  name: 'apache',
  serve: (folder) => ['apache2', ...apacheFiles(folder), '-D', 'FOREGROUND'],
  check: (folder) => ['apache2ctl', '-t', ...apacheFiles(folder)],
  // Its own limit is not for what it forwards.
  limitBody: (example) =>
    example.replace(
      '</VirtualHost>',
      '  RewriteEngine On\n  RewriteCond %{HTTP:Transfer-Encoding} chunked\n  RewriteRule ^ - [R=413,L]\n</VirtualHost>',
    ),
  refuses: /#|%00|%(?![0-9a-f]{2})|\.\.|%2e/i,
  passes: /^\/\//,
};

function apacheFiles(folder: string): string[] {
  const example = join(folder, 'example');
  return ['-d', example, '-f', join(example, 'httpd.conf')];
}

export const worker: EdgeEngine = {
  name: 'worker',
  // What no URL has.
  refuses: /["<>^`{|}]/,
  // As the URL standard writes them, without a fragment.
  forwards: (target) => {
    const { pathname, search } = new URL(`http://worker${target}`);
    return pathname + (search === '' && /\?(?:#|$)/.test(target) ? '?' : search);
  },
  serve: (folder) => [workerd(), 'serve', join(folder, 'example/config.capnp')],
  check: (folder) => [workerd(), 'compile', '--config-only', join(folder, 'example/config.capnp')],
};

/** `.ci/nightly edge` installs it apart: nobody else needs 100 MB. */
function workerd(): string {
  return process.env['CORS_WORKERD'] ?? 'workerd';
}

/**
 * Asks the program whether it takes the configuration.
 *
 * @returns what it says against it; empty: nothing
 */
export async function refusalOf(engine: EdgeEngine, folder: string): Promise<string> {
  const [program, ...args] = engine.check(folder);
  try {
    await promisify(execFile)(program, args, { timeout: 20_000 });
    return '';
  } catch (error) {
    const { stderr = '', message } = error as { stderr?: string; message: string };
    return stderr === '' ? message : stderr;
  }
}
