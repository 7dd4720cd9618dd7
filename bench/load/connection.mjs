import { connect } from 'node:net';
import { once } from 'node:events';

/** A keep-alive connection that sends one and the same request, one after the other. */
export class Connection {
  /** @param {import('node:net').Socket} socket */
  constructor(socket, request) {
    this.socket = socket;
    this.request = request;
    socket.setNoDelay(true);
  }

  /** @param {import('../work/requests.mjs').Work} work */
  static async open(port, { method, path, headers }) {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    const request = `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n${lines.join('')}\r\n`;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new Connection(socket, Buffer.from(request, 'latin1'));
  }

  /** Sends the request once and gives the whole response as text. */
  async exchange() {
    this.socket.write(this.request);
    let text = '';
    do {
      const [chunk] = await once(this.socket, 'data');
      text += chunk.toString('latin1');
    } while (!isComplete(text));
    return text;
  }

  /** Sends the request `count` times; every response must have `length` bytes. */
  repeat(count, length) {
    const { socket, request } = this;
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
        if (left > 0) socket.write(request);
        else finish();
      };
      socket.on('data', onData).on('error', finish).on('close', onClose);
      socket.write(request);
    });
  }

  close() {
    this.socket.destroy();
  }
}

function isComplete(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end === -1) return false;
  const length = /^content-length: (\d+)/im.exec(text.slice(0, end));
  return text.length >= end + 4 + Number(length?.[1] ?? 0);
}
