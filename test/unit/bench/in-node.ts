import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Runs a function of the benchmark in a process of its own, as `npm run bench` does: Jest loads no
 * `.mjs` in CommonJS.
 *
 * @returns what it returns, as JSON, or the message of what it throws
 */
export function inNode(file: string, body: string, ...args: readonly unknown[]): unknown {
  const url = pathToFileURL(join(process.cwd(), 'bench', file)).href;
  const code = `
    const module = await import(${JSON.stringify(url)});
    const run = async (module, ...args) => { ${body} };
    const result = await run(module, ...${JSON.stringify(args)}).catch(({ message }) => message);
    console.log(JSON.stringify(result));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(printed);
}
