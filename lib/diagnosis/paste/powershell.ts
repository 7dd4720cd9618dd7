import { httpUrl, readRequest, tokenOf } from './facts.js';
import type { Paste } from './paste.js';

const STRING = '"((?:[^"`]|`.){0,4000})"';
const PAIR = /"([\w-]+)"\s*=\s*"((?:[^"`]|`.){0,4000})"/g;

/** Reads a call of `Invoke-WebRequest`, as `Copy as PowerShell` gives it. */
export function readPowerShell(text: string): Paste | null {
  const start = /\bInvoke-(?:WebRequest|RestMethod)\b/.exec(text);
  if (start === null) return null;
  const call = text.slice(start.index);
  const argument = (name: string) =>
    new RegExp(`-${name}\\s+(?:${STRING}|([^\\s"]{1,2000}))`, 'i').exec(call);
  const valueOf = (name: string) => {
    const [, quoted, bare] = argument(name) ?? [];
    return (quoted ?? bare)?.replaceAll(/`(.)/g, '$1');
  };
  const url = httpUrl(valueOf('Uri'));
  if (url === undefined) return null;
  const block = /-Headers\s+@\{([^}]{0,20000})/i.exec(call)?.[1] ?? '';
  const type = valueOf('ContentType');
  const lines = [...block.matchAll(PAIR)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  return {
    form: 'powershell',
    url,
    ...readRequest(tokenOf(valueOf('Method')) ?? 'GET', [
      ...lines,
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
    ]),
  };
}
