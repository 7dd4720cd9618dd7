import { spawn } from 'node:child_process';
import type { Terminal } from './terminal.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The browser of whoever sits at the terminal, if there is somebody, and a screen. */
export function browserOf(
  { isTTY = false }: { readonly isTTY?: boolean },
  platform: NodeJS.Platform,
  env: Environment,
): Pick<Terminal, 'openBrowser'> {
  const opener = openerOf(platform, env);
  const isWatched = isTTY && (env['CI'] ?? '') === '';
  if (!isWatched || opener === undefined) return {};
  const [command, ...args] = opener;
  return {
    openBrowser: (url) => {
      const child = spawn(command, [...args, url], { detached: true, stdio: 'ignore' });
      // Without such a program, the URL that was printed does as well.
      child.on('error', () => undefined);
      child.unref();
    },
  };
}

/** The program that opens a URL, with its first arguments; none where there is no screen. */
function openerOf(
  platform: NodeJS.Platform,
  env: Environment,
): readonly [string, ...string[]] | undefined {
  switch (platform) {
    case 'darwin':
      return ['open'];
    case 'win32':
      // Not `cmd /c start`: it would read `&` in a URL as the end of a command.
      return ['rundll32', 'url.dll,FileProtocolHandler'];
    default:
      return ['DISPLAY', 'WAYLAND_DISPLAY'].some((name) => (env[name] ?? '') !== '')
        ? ['xdg-open']
        : undefined;
  }
}
