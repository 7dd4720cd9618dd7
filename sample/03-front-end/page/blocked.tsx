import type { CallResult } from './call-result.js';
import { checkCommand } from './check-command.js';
import type { PageCall } from './page-call.js';

/** A CORS failure as a page sees it, and where the reason is. */
export function Blocked({ call, result }: { call: PageCall; result: CallResult }) {
  return (
    <>
      <code>{result.answer}</code>
      <p>No status, no header, no reason: just as if the server were down. To find out why:</p>
      <pre>{checkCommand(call, result.url, location.origin)}</pre>
    </>
  );
}
