import { describeThrown } from '../text/describe-thrown.js';
import type { SocketProblem } from './socket-options.js';

/**
 * Logs each kind of problem with handshakes once: every one after it would say the same.
 *
 * @param name of the policy
 * @param logger one that never throws: a handshake must not end the process
 */
export function socketProblemLog(
  name: string,
  logger: ProblemLogger,
): (problem: SocketProblem, error?: unknown) => void {
  const logged = new Set<SocketProblem>();
  return (problem, error) => {
    if (logged.has(problem)) return;
    logged.add(problem);
    if (problem === 'cookies-removed') logger.warn(messageOf(problem, name));
    else logger.error(messageOf(problem, name), describeThrown(error).stack);
  };
}

interface ProblemLogger {
  warn(message: string): void;
  error(message: string, stack?: string): void;
}

function messageOf(problem: SocketProblem, name: string): string {
  switch (problem) {
    case 'any-origin':
      return `Expected a policy with a list of origins for \`socketOptions()\`, got \`origin: '*'\` of ${name} by an update: handshakes of other origins are refused, since any page could open a WebSocket with the cookies of its visitor. Update it to a list.`;
    case 'cookies-removed':
      return `A page of another origin was admitted to a WebSocket without its visitor's cookies: \`credentials\` is not \`true\` in ${name}. Write \`credentials: true\` there if its pages need them.`;
    case 'unreadable':
      return `A WebSocket handshake under ${name} is refused: the platform cannot read its host and protocol. Check the trust-proxy setting.`;
  }
}
