/** A response that takes headers at next to no cost, so that deciding alone is timed. */
export class HeaderSink {
  lines = [];

  setHeader(name, value) {
    this.lines.push(name, value);
  }

  getHeader(name) {
    const index = this.lines.indexOf(name);
    return index === -1 ? undefined : this.lines[index + 1];
  }

  getHeaders() {
    const headers = {};
    for (let i = 0; i < this.lines.length; i += 2) {
      headers[this.lines[i].toLowerCase()] = this.lines[i + 1];
    }
    return headers;
  }
}
