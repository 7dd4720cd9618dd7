import { planEdge } from '../../lib/edge/plan/plan-edge.js';
import { PolicyModel } from '../../lib/policy-file/policy-model.js';
import { sorted, TableReader } from '../support/edge-tables.js';
import { fc } from '../support/fast-check.js';
import { askedOfFile, GENERATED_FILES } from '../support/generated-files.js';
import { expectedOf } from '../support/model-answers.js';

/** `CORS_FUZZ_RUNS=3000` for more. */
const RUNS = Number(process.env['CORS_FUZZ_RUNS'] ?? 100);

describe.each(GENERATED_FILES)('the tables of an edge, of any file on $platform', (row) => {
  it('say what the application does, or allow nothing', async () => {
    let [same, refused, delegated] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(
        row.file,
        fc.boolean(),
        fc.array(askedOfFile, { minLength: 60, maxLength: 60 }),
        async (file, looksAround, requests) => {
          const host = 'api.example.com';
          const model = await PolicyModel.of(file);
          const { tables } = await planEdge(file, {
            digest: '',
            title: 'nginx',
            looksAround,
            basePath: '',
            host,
          });
          const reader = new TableReader(tables);
          for (const request of requests) {
            const { requestHeaders, ...rest } = request;
            const sent = { ...rest, host, ...(requestHeaders !== undefined && { requestHeaders }) };
            if (reader.isDelegated(sent)) {
              delegated += 1;
              continue;
            }
            const found = [reader.response(sent), reader.preflight(sent)];
            const due = [expectedOf(model.response(sent)), expectedOf(model.preflight(sent))];
            // `@Cors(false)`: the headers of the handler's own stay.
            if (found[0] === 'untouched') found[0] = { cors: {} };
            const isRefused =
              reader.isRefused(sent) || (reader.isOddPath(sent) && isRefusal(found));
            if (isRefused) refused += 1;
            else same += 1;
            const where = [file.routes, file.paths, sent].map((part) => JSON.stringify(part));
            expect([...where, ...found.map(sorted)]).toEqual([
              ...where,
              ...(isRefused ? REFUSED : due.map(sorted)),
            ]);
          }
        },
      ),
      { numRuns: RUNS, endOnFailure: true },
    );
    // It says little where much is left out.
    expect([refused < same, delegated * 5 < same]).toEqual([true, true]);
  }, 600_000);
});

const REFUSED = [{ cors: { vary: 'Origin' } }, { status: 403, cors: { vary: 'Origin' } }];

function isRefusal(found: readonly unknown[]): boolean {
  return JSON.stringify(found) === JSON.stringify(REFUSED);
}
