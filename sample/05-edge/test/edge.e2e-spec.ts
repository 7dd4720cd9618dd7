import { once } from 'node:events';
import { createServer } from 'node:http';
import { runCli } from '../../../lib/cli/run-cli.js';
import { send } from '../../../test/support/send.js';
import { recorder } from '../../../test/unit/cli/recorder.js';
import { listeningPort } from '../../01-quick-start/src/listening-port.js';
import { startOnFreePorts } from './start-on-free-ports.js';

describe('sample 05-edge without nginx', () => {
  it('has the files that the policy of the quick start gives', async () => {
    const { terminal, error } = recorder();
    const policy = 'sample/01-quick-start/cors.policy.json';
    const args = ['edge', 'nginx', policy, '--out', 'sample/05-edge/cors', '--check'];
    expect([await runCli(args, terminal), error()]).toEqual([0, '']);
  });

  it('says how to install nginx, and leaves nothing running', async () => {
    process.env['NGINX'] = '/nowhere/nginx';
    try {
      await expect(startOnFreePorts()).rejects.toThrow(
        'nginx does not start: spawn /nowhere/nginx ENOENT. Install it: on Debian, `apt-get install nginx-light`.',
      );
    } finally {
      delete process.env['NGINX'];
    }
    for (const port of [process.env['PORT'], process.env['PAGE_PORT']]) {
      await expect(send(Number(port), 'GET', '/orders')).rejects.toThrow('ECONNREFUSED');
    }
  });

  it('names EDGE_PORT where its port is taken', async () => {
    const other = createServer().listen(0);
    try {
      await once(other, 'listening');
      const port = listeningPort(other);
      await expect(startOnFreePorts({ EDGE_PORT: String(port) })).rejects.toThrow(
        `Port ${port} is taken. Stop the program that listens on it, or set another one: EDGE_PORT=${port + 10}.`,
      );
    } finally {
      other.close();
    }
  });
});
