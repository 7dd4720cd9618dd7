import { PreflightCache, simulate, type Simulation } from '../../../lib/browser/index.js';
import { nodeSend } from '../../../lib/network/node-send.js';
import { type RealBrowserName, SIMULATED_AS } from '../browsers/browser-name.js';
import { chosenBrowsers } from '../browsers/chosen-browsers.js';
import { openBrowser } from '../browsers/open-browser.js';
import { agreementCases } from './agreement-cases.js';
import { AgreementServer, type SeenRequest } from './agreement-server.js';
import { callInPage } from './call-in-page.js';
import { DEVIATION_COUNTS } from './deviation-counts.js';
import { knownDeviation } from './known-deviation.js';

const cases = agreementCases();
const send = nodeSend({ timeout: 10_000 });

/** What a browser and a simulation should have in common. */
interface Outcome {
  readonly verdict: 'allowed' | 'blocked';
  readonly readable: readonly string[];
  readonly requests: readonly SeenRequest[];
  readonly message: string | null;
}
const FIELDS = ['verdict', 'readable', 'requests', 'message'] as const;

let server: AgreementServer;
beforeAll(async () => {
  server = await AgreementServer.start(cases);
});
afterAll(() => server.close());

async function runSimulations(name: RealBrowserName): Promise<readonly Simulation[]> {
  const simulations: Simulation[] = [];
  for (const [index, { fetch, calls = 1 }] of cases.entries()) {
    const preflightCache = new PreflightCache();
    for (let call = 1; call <= calls; call += 1) {
      // oxlint-disable-next-line no-await-in-loop
      simulations[index] = await simulate({
        ...fetch,
        pageOrigin: server.pageOrigin,
        url: server.url(`simulated-${name}`, index),
        browser: SIMULATED_AS[name],
        preflightCache,
        send,
      });
    }
  }
  return simulations;
}

function outcomeOf({ verdict, exposed, message }: Simulation, run: string, index: number): Outcome {
  return {
    verdict: verdict === 'allowed' || verdict === 'not-cors' ? 'allowed' : 'blocked',
    readable: exposed,
    requests: server.requests(run, index),
    message: message?.replaceAll(`/${run}/`, '/run/') ?? null,
  };
}

async function runBrowser(name: RealBrowserName) {
  const browser = await openBrowser(name);
  try {
    await browser.open(server.pageOrigin);
    const results = await browser.run(
      callInPage,
      cases.map(({ fetch, calls = 1 }, index) => ({ url: server.url(name, index), fetch, calls })),
    );
    const lines = await browser.console();
    const outcomes = results.map(({ resolved, readable }, index): Outcome => {
      const said = lines.find((line) => isAboutCors(line) && line.includes(`/${name}/${index}/`));
      return {
        verdict: resolved ? 'allowed' : 'blocked',
        readable,
        requests: server.requests(name, index),
        message: said?.replaceAll(`/${name}/`, '/run/') ?? null,
      };
    });
    return { version: browser.version, outcomes };
  } finally {
    await browser.close();
  }
}

function isAboutCors(line: string): boolean {
  return line.startsWith('Access to fetch at ') || line.includes(' Request mode is "same-origin" ');
}

describe.each(chosenBrowsers())('%s', (name) => {
  /** Only Chromium lets others read what it prints about CORS. */
  const fields = FIELDS.slice(0, name === 'chromium' ? 4 : 3);

  it('agrees with simulate() in every case', async () => {
    const { version, outcomes } = await runBrowser(name);
    const simulations = await runSimulations(name);

    const same = { verdict: 0, readable: 0, requests: 0, message: 0 };
    const deviations: Record<string, number> = {};
    const disagreements: unknown[] = [];
    const verdicts = { allowed: 0, blocked: 0 };
    for (const [index, one] of cases.entries()) {
      const simulation = simulations[index];
      const real = outcomes[index];
      if (simulation === undefined || real === undefined) throw new Error(`no case ${index}`);
      const simulated = outcomeOf(simulation, `simulated-${name}`, index);
      verdicts[real.verdict] += 1;
      const different = fields.filter(
        (field) => JSON.stringify(simulated[field]) !== JSON.stringify(real[field]),
      );
      for (const field of fields) if (!different.includes(field)) same[field] += 1;
      if (different.length === 0) continue;
      const deviation = knownDeviation(name, one, simulation);
      if (deviation === null) {
        disagreements.push({ title: one.title, different, simulated, real });
      } else {
        deviations[deviation] = (deviations[deviation] ?? 0) + 1;
      }
    }
    process.stdout.write(
      `${JSON.stringify({ version, cases: cases.length, verdicts, same, deviations })}\n`,
    );
    expect(disagreements).toEqual([]);
    expect(deviations).toEqual(DEVIATION_COUNTS[name]);
    expect(Math.min(verdicts.allowed, verdicts.blocked)).toBeGreaterThan(300);
  }, 300_000);
});
