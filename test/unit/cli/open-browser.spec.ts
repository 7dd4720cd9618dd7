import { browserOf } from '../../../lib/cli/open-browser.js';

const SCREEN = { DISPLAY: ':0' };

describe('the browser that ui opens', () => {
  it.each([
    ['a terminal of macOS', true, 'darwin', {}, true],
    ['a terminal of Windows', true, 'win32', {}, true],
    ['a terminal under X', true, 'linux', SCREEN, true],
    ['a terminal under Wayland', true, 'linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['a terminal without a screen', true, 'linux', { DISPLAY: '' }, false],
    ['a pipe', false, 'linux', SCREEN, false],
    ['a pipe of macOS', undefined, 'darwin', {}, false],
    ['continuous integration', true, 'darwin', { CI: 'true' }, false],
  ] satisfies [string, boolean | undefined, NodeJS.Platform, Record<string, string>, boolean][])(
    'is there on %s or not',
    (_, isTTY, platform, env, expected) => {
      const stdout = isTTY === undefined ? {} : { isTTY };
      expect(browserOf(stdout, platform, env).openBrowser !== undefined).toBe(expected);
    },
  );

  it('is no trouble where the program is missing', async () => {
    const path = process.env['PATH'];
    process.env['PATH'] = '/nowhere';
    try {
      const { openBrowser } = browserOf({ isTTY: true }, 'linux', SCREEN);
      openBrowser?.('http://127.0.0.1:1/');
      // An error without a listener would end the process by now.
      await new Promise((later) => setImmediate(later));
    } finally {
      process.env['PATH'] = path;
    }
  });
});
