import { deepStrictEqual } from 'node:assert';
import { NORMAL, REFUSED, WITHIN } from '../work/adversarial.mjs';
import { OUR_PREFLIGHT } from '../work/answers.mjs';
import { fresh } from '../work/fresh.mjs';
import { inProcessExpress } from '../work/in-process-express.mjs';

/** Bytes. */
const LONG = 1024;

/** Preflights made to be expensive, through the hook on Express. */
export async function makeLoop(name) {
  const sent = { normal: NORMAL, ...REFUSED, ...WITHIN }[name];
  const { handle } = await inProcessExpress(() => {
    throw new Error('Expected preflights to be answered by the hook.');
  });
  let sentBefore = 0;
  check(name, sent, handle);
  return {
    prepare: (count) => Array.from({ length: count }, () => preflight(sent, sentBefore++)),
    run(requests) {
      let statuses = 0;
      for (const request of requests) {
        const answer = new Answer();
        handle(request, answer);
        statuses += answer.status;
      }
      return statuses;
    },
  };
}

/** Each target is new: decisions of repeated preflights are kept, and only refusals made anew. */
function preflight({ origin, names: requested }, index) {
  return {
    method: 'OPTIONS',
    url: fresh(`/orders/${100_000_000 + index}`),
    headers: {
      origin: copied(origin),
      'access-control-request-method': fresh('PUT'),
      'access-control-request-headers': copied(requested),
    },
  };
}

/** Not the long ones: collecting copies of 16 kB would dominate the measurement. */
function copied(text) {
  return text.length < LONG ? fresh(text) : text;
}

class Answer {
  status = 0;
  headers = [];

  writeHead(status, headers) {
    this.status = status;
    this.headers = headers;
    return this;
  }

  end() {
    return this;
  }
}

function check(name, sent, handle) {
  const answer = new Answer();
  handle(preflight(sent, 0), answer);
  const { status, headers } = answer;
  const lines = Object.fromEntries(
    Array.from({ length: headers.length / 2 }, (_, i) => [
      headers[2 * i].toLowerCase(),
      headers[2 * i + 1],
    ]),
  );
  const allowed = {
    ...OUR_PREFLIGHT.headers,
    'access-control-allow-headers': sent.names.trim().replaceAll(',', ', '),
  };
  deepStrictEqual(
    { status, lines },
    name in REFUSED
      ? { status: 403, lines: { vary: 'Origin', 'content-length': '0' } }
      : { status: 204, lines: allowed },
    `A preflight with ${name} is answered otherwise than expected`,
  );
}
