/**
 * Says what switches CORS off, and how to change that, as two sentences.
 *
 * @param where `there`, `for OrdersController.hook`; undefined where no controller serves the
 *   request, hence `paths` decides
 */
export function switchedOff(where: string | undefined): string {
  return where === undefined
    ? '`false` in `paths` leaves CORS to what answers there. Let that send the headers, or write a policy in `paths`.'
    : `\`@Cors(false)\` switches CORS off ${where}. Remove it, or write \`@Cors()\` on the handler to start again from the global policy.`;
}
