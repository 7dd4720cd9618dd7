import { chosenBrowsers } from '../../../test/browser/browsers/chosen-browsers.js';
import { openBrowser } from '../../../test/browser/browsers/open-browser.js';
import type { RealBrowser } from '../../../test/browser/browsers/real-browser.js';
import { PAGE_CALLS } from '../page/page-calls.js';
import { type SampleUnderTest, startOnFreePorts } from './start-on-free-ports.js';
import { useSwitch } from './use-switch.js';

const READ = '✓ the page reads it';
const BLOCKED = '✕ blocked';

describe.each(chosenBrowsers())('sample 03-front-end in %s', (name) => {
  let under: SampleUnderTest;
  let browser: RealBrowser;

  beforeAll(async () => {
    under = await startOnFreePorts();
    browser = await openBrowser(name);
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await under.sample.close();
  });

  it('shows the listed page that all works both ways but the hook', async () => {
    await browser.open(under.listed);
    expect(await browser.run(useSwitch, PAGE_CALLS.length)).toEqual([
      { id: 'list', verdicts: [READ, READ], marked: ['URL called', 'Headers'] },
      { id: 'update', verdicts: [READ, READ], marked: ['URL called', 'Preflight', 'Headers'] },
      { id: 'feed', verdicts: [READ, READ], marked: ['URL called', 'Headers'] },
      { id: 'report', verdicts: [READ, READ], marked: ['URL called', 'Headers'] },
      {
        id: 'hook',
        verdicts: [READ, BLOCKED],
        marked: ['URL called', 'Preflight', 'Verdict', 'Headers'],
      },
    ]);
  }, 60_000);

  it('shows the other page that the proxy hides what CORS refuses', async () => {
    await browser.open(under.stranger);
    const refused = (id: string, ...preflight: string[]) => ({
      id,
      verdicts: [READ, BLOCKED],
      marked: ['URL called', ...preflight, 'Verdict', 'Headers'],
    });
    expect(await browser.run(useSwitch, PAGE_CALLS.length)).toEqual([
      refused('list'),
      refused('update', 'Preflight'),
      { id: 'feed', verdicts: [READ, READ], marked: ['URL called', 'Headers'] },
      refused('report'),
      refused('hook', 'Preflight'),
    ]);
  }, 60_000);
});
