import { createServer } from 'node:http';
import { send } from '../../../test/support/send.js';
import { listeningPort } from '../src/listening-port.js';
import { startPageServer } from '../src/page/page-server.js';

describe('startPageServer', () => {
  it('says so when the API does not respond', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, resolve));
    const apiUrl = `http://127.0.0.1:${listeningPort(gone)}`;
    await new Promise((resolve) => gone.close(resolve));

    const page = await startPageServer(0, { apiUrl, corsOrigins: [], inspectorUrl: null });
    try {
      const { status, body } = await send(page.port, 'GET', '/ask/list');
      expect([status, body]).toEqual([
        502,
        `The API does not respond: Error: connect ECONNREFUSED ${new URL(apiUrl).host}`,
      ]);
    } finally {
      await page.close();
    }
  });

  it('writes its settings into the page as text', async () => {
    const page = await startPageServer(0, {
      apiUrl: 'http://localhost:3000',
      corsOrigins: ['<b>"&'],
      inspectorUrl: null,
    });
    try {
      const { body } = await send(page.port, 'GET', '/');
      expect(body).toContain('<code>CORS_ORIGINS=&lt;b&gt;&quot;&amp;</code>');
    } finally {
      await page.close();
    }
  });
});
