import { connect } from 'node:net';
import { once } from 'node:events';

/** A keep-alive connection that sends requests, one after the other. */
export class Connection {
  /**
   * @param {import('node:net').Socket} socket
   * @param {() => Buffer} nextRequest
   */
  constructor(socket, nextRequest) {
    this.socket = socket;
    this.nextRequest = nextRequest;
    socket.setNoDelay(true);
  }

  /**
   * @param {import('../work/requests.mjs').Work} work
   * @param {{ count: number }} [targets] how many different targets were sent, by all connections
   */
  static async open(port, work, targets) {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket, requestsOf(port, work, targets));
  }

  /** Sends a request and gives the whole response as text. */
  async exchange() {
    this.socket.write(this.nextRequest());
    let text = '';
    do {
      const [chunk] = await once(this.socket, 'data');
      text += chunk.toString('latin1');
    } while (!isComplete(text));
    return text;
  }

  /** Sends `count` requests; every response must have `length` bytes. */
  repeat(count, length) {
    const { socket, nextRequest } = this;
    return new Promise((resolve, reject) => {
      let left = count;
      let received = 0;
      const finish = (error) => {
        socket.off('data', onData).off('error', finish).off('close', onClose);
        if (error === undefined) resolve();
        else reject(error);
      };
      const onClose = () => finish(new Error('The server closed the connection.'));
      const onData = (chunk) => {
        received += chunk.length;
        if (received < length) return;
        if (received > length) return finish(new Error(`A response of ${received} bytes.`));
        received = 0;
        left -= 1;
        if (left > 0) socket.write(nextRequest());
        else finish();
      };
      socket.on('data', onData).on('error', finish).on('close', onClose);
      socket.write(nextRequest());
    });
  }

  close() {
    this.socket.destroy();
  }
}

/** One and the same request; where each target is new, the next of as many digits. */
function requestsOf(port, { method, path, headers }, targets = { count: 0 }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const rest = ` HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`;
  const bytes = (target) => Buffer.from(`${method} ${target}${rest}`, 'latin1');
  if (typeof path === 'function') return () => bytes(path(targets.count++));
  const request = bytes(path);
  return () => request;
}

function isComplete(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end));
  return text.length >= end + 4 + Number(length?.[1] ?? 0);
}
