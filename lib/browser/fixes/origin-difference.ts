/**
 * Says in what a header value differs from the origin it should equal, as the end of a sentence.
 *
 * @param value what the server sent, no list
 * @param origin a serialised origin
 */
export function originDifference(value: string, origin: string): string {
  if (value === 'null') return 'it is the string `null`, which stands for opaque origins alone';
  if (origin === 'null') return 'the origin of the request is opaque (`null`)';
  if (value.toLowerCase() === origin.toLowerCase()) return 'it differs in upper and lower case';
  // `localhost:3000` parses, as a URL of the scheme `localhost`.
  if (!value.includes('://') || !URL.canParse(value)) {
    return 'it is no origin: an origin is `scheme://host`, perhaps with `:port`';
  }

  const sent = new URL(value);
  const wanted = new URL(origin);
  const parts: string[] = [];
  if (sent.protocol !== wanted.protocol) {
    parts.push(`the scheme is ${sent.protocol} instead of ${wanted.protocol}`);
  }
  if (sent.hostname !== wanted.hostname) parts.push(hostDifference(sent, wanted));
  if (sent.port !== wanted.port) {
    parts.push(`the port is ${portOf(sent)} instead of ${portOf(wanted)}`);
  }
  return parts.length === 0 ? paddingOf(value) : parts.join(', ');
}

/** The same origin, but with something that an origin does not have. */
function paddingOf(value: string): string {
  if (/^[^/]+\/\/[^/]+\/$/.test(value)) return 'it ends in a slash, which origins never have';
  if (/:(?:80|443)$/.test(value)) return 'it names the default port, which browsers leave out';
  return 'it has more than scheme, host and port';
}

function hostDifference(sent: URL, wanted: URL): string {
  if (sent.hostname === `www.${wanted.hostname}`) return 'it begins with `www.`, the page does not';
  if (wanted.hostname === `www.${sent.hostname}`) return 'it lacks the `www.` of the page';
  return `the host is ${sent.hostname} instead of ${wanted.hostname}`;
}

function portOf(url: URL): string {
  return url.port === '' ? 'the default one' : url.port;
}
