import { compareServers } from '../load/compare-servers.mjs';
import { more } from '../report/row.mjs';
import { ALLOWED, answerOf } from '../work/answers.mjs';
import { GET } from '../work/requests.mjs';

const COUNTS = [10, 100, 1000, 4000];
/** So that opening them is the smaller part. */
const REQUESTS_EACH = 3;

/** What the library adds to a request as the number of connections grows. */
export async function connectionRows({ servers }) {
  const contender = (name, headers) => ({
    name,
    server: [name, 'Fastify'],
    environment: 'production',
    work: GET,
    answer: answerOf('Fastify', headers),
  });
  const rows = [];
  for (const count of COUNTS) {
    const requests = Math.max(servers.requests, count * REQUESTS_EACH);
    const samples = await compareServers(
      [contender('none', {}), contender('ours', ALLOWED)],
      { ...servers, requests },
      count,
    );
    rows.push({
      work: `GET with Origin, ${count.toLocaleString('en')} connections, Fastify`,
      unit: 'µs CPU a request',
      samples,
      limit: 'none',
      checks: [more(samples, 'none', 0.09)],
    });
  }
  return rows;
}
