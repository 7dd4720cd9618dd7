import { simulate, type Simulation } from '../../../lib/browser/index.js';
import { type RealBrowserName, SIMULATED_AS } from '../browsers/browser-name.js';
import { chosenBrowsers } from '../browsers/chosen-browsers.js';
import { openBrowser } from '../browsers/open-browser.js';
import type { EmbeddingCase } from './embedding-case.js';
import { embeddingCases, runsIn } from './embedding-cases.js';
import { EmbeddingServers } from './embedding-servers.js';
import { loadInPage } from './load-in-page.js';

const cases = embeddingCases();

/** What a browser and a simulation should have in common. */
interface Outcome {
  readonly loaded: boolean;
  readonly requests: readonly string[];
  readonly message: string | null;
}

const NAMES = ['app.test', 'api.test', 'api.local'];

let servers: EmbeddingServers;
beforeAll(async () => {
  servers = await EmbeddingServers.start(cases);
});
afterAll(() => servers.close());

async function simulated(name: RealBrowserName, index: number): Promise<Outcome> {
  const { load, page } = cases[index] as EmbeddingCase;
  const run = `simulated-${name}`;
  const { verdict, message }: Simulation = await simulate({
    ...load,
    pageOrigin: servers.pageOrigin(page, name),
    url: servers.url(run, index),
    browser: SIMULATED_AS[name],
    addressSpaces: {
      page: servers.pageSpace(page),
      target: (url) => servers.spaceOf(url),
    },
    send: (request) => servers.send(request),
  });
  return {
    loaded: verdict === 'allowed' || verdict === 'not-cors',
    requests: servers.requests(run, index),
    message: message?.replaceAll(`/${run}/`, '/run/') ?? null,
  };
}

/** Cases that share a page are run on it, one page after the other. */
function grouped(
  name: RealBrowserName,
  indexes: readonly number[],
): ReadonlyMap<string, readonly number[]> {
  const groups = new Map<string, number[]>();
  for (const index of indexes) {
    const { page, load } = cases[index] as EmbeddingCase;
    const policy = load.embedderPolicy ?? 'unsafe-none';
    const url = `${servers.pageOrigin(page, name)}/page?policy=${policy}`;
    groups.set(url, [...(groups.get(url) ?? []), index]);
  }
  return groups;
}

async function real(
  name: RealBrowserName,
  permission: 'granted' | 'denied',
  indexes: readonly number[],
): Promise<ReadonlyMap<number, Outcome>> {
  const pages = (['public', 'public and secure'] as const).map((kind) =>
    servers.pageOrigin(kind, name),
  );
  const browser = await openBrowser(name, {
    names: NAMES,
    spaces: servers.spaces,
    permission,
    pages,
  });
  try {
    const loaded = new Map<number, boolean>();
    for (const [url, group] of grouped(name, indexes)) {
      // oxlint-disable-next-line no-await-in-loop
      await browser.open(url);
      const loads = group.map((index) => ({
        url: servers.url(name, index),
        load: (cases[index] as EmbeddingCase).load,
      }));
      // oxlint-disable-next-line no-await-in-loop
      const results = await browser.run(loadInPage, loads);
      for (const [at, index] of group.entries()) loaded.set(index, results[at] === true);
    }
    const lines = await browser.console();
    return new Map(
      indexes.map((index) => [
        index,
        {
          loaded: loaded.get(index) === true,
          requests: servers.requests(name, index),
          message: messageOf(lines, `/${name}/${index}`, name),
        },
      ]),
    );
  } finally {
    await browser.close();
  }
}

/** Of what a browser says of a request: why it is blocked, not what else was noticed. */
function messageOf(lines: readonly string[], path: string, run: string): string | null {
  const said = lines.find(
    (line) =>
      new RegExp(`${path}\\b`).test(line) &&
      (line.startsWith('Access to ') ||
        line.includes('This request has been blocked;') ||
        / net::ERR_BLOCKED_BY_(?:RESPONSE|ORB)/.test(line)),
  );
  return said?.replaceAll(`/${run}/`, '/run/').replace('/page?policy=unsafe-none', '/') ?? null;
}

describe.each(chosenBrowsers())('%s', (name) => {
  it('agrees with simulate() on what a page may embed, and reach', async () => {
    const indexes = [...cases.keys()].filter((index) =>
      runsIn(name, cases[index] as EmbeddingCase),
    );
    const denied = indexes.filter(
      (index) => cases[index]?.load.localNetworkPermission === 'denied',
    );
    const others = indexes.filter((index) => !denied.includes(index));
    const outcomes = new Map([
      ...(await real(name, 'granted', others)),
      ...(denied.length === 0 ? [] : await real(name, 'denied', denied)),
    ]);
    const disagreements: unknown[] = [];
    const seen = { loaded: 0, blocked: 0, messages: 0 };
    for (const index of indexes) {
      // oxlint-disable-next-line no-await-in-loop
      const model = await simulated(name, index);
      const browser = outcomes.get(index);
      // Only Chromium lets others read what it prints.
      const wanted = name === 'chromium' ? model : { ...model, message: null };
      if (JSON.stringify(wanted) !== JSON.stringify(browser)) {
        disagreements.push({ title: cases[index]?.title, simulated: wanted, real: browser });
      }
      seen[browser?.loaded === true ? 'loaded' : 'blocked'] += 1;
      if (browser?.message !== null) seen.messages += 1;
    }
    process.stdout.write(`${JSON.stringify({ name, cases: indexes.length, seen })}\n`);
    expect(disagreements).toEqual([]);
    expect(Math.min(seen.loaded, seen.blocked)).toBeGreaterThan(40);
    expect(seen.messages > 100).toBe(name === 'chromium');
  }, 300_000);
});
