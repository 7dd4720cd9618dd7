/** A port that another program listens on, as a sentence with the variable to set. */
export class PortTakenError extends Error {
  override readonly name = 'PortTakenError';

  constructor(port: number, variable: string, options?: ErrorOptions) {
    super(
      `Port ${port} is taken. Stop the program that listens on it, or set another one: ${variable}=${port + 10}.`,
      options,
    );
  }
}

/** Listens on a port that comes from a variable of the environment. */
export async function listenOn(
  port: number,
  variable: string,
  listen: (port: number) => Promise<unknown>,
): Promise<void> {
  try {
    await listen(port);
  } catch (error) {
    throw isTaken(error) ? new PortTakenError(port, variable, { cause: error }) : error;
  }
}

/** Ends the process with the sentence alone: where a port is taken, frames only hide it. */
export function exitIfTaken(error: unknown): never {
  if (!(error instanceof PortTakenError)) throw error;
  console.error(`\n${error.message}\n`);
  process.exit(1);
}

function isTaken(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE'
  );
}
