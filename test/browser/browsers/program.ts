import { type ChildProcess, spawn } from 'node:child_process';

/** A program that runs beside the tests. */
export class Program {
  private printed = '';

  private constructor(private readonly child: ChildProcess) {
    child.stdout?.on('data', (chunk: Buffer) => {
      this.printed += chunk.toString();
    });
  }

  /** Starts a program and waits until `ready` makes something of what it has printed. */
  static async start<T>(
    command: string,
    args: readonly string[],
    ready: (printed: string) => T | null | Promise<T | null>,
    env: NodeJS.ProcessEnv = {},
  ): Promise<{ program: Program; value: T }> {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, ...env },
    });
    const program = new Program(child);
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`${command} ended with ${code}`)));
    });
    const asked = async (): Promise<T> => {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop
        const value = await ready(program.printed);
        if (value !== null) return value;
        // oxlint-disable-next-line no-await-in-loop
        await new Promise((again) => {
          setTimeout(again, 20);
        });
      }
    };
    return { program, value: await Promise.race([asked(), ended]) };
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => {
      this.child.once('exit', resolve);
    });
    this.child.kill();
    await ended;
  }
}
