const MAX_PORT = 65535;

/**
 * Whether a port is written as a serialised origin has it: decimal, from 1 to 65535, without
 * leading zeros, and not the default port of the scheme, which serialising removes.
 *
 * @see https://url.spec.whatwg.org/#port-state
 */
export function isSerializedPort(port: string, scheme: string): boolean {
  if (port.length === 0 || port.charCodeAt(0) === 0x30) return false;
  let value = 0;
  for (let index = 0; index < port.length; index += 1) {
    const digit = port.charCodeAt(index) - 0x30;
    if (digit < 0 || digit > 9) return false;
    value = value * 10 + digit;
    if (value > MAX_PORT) return false;
  }
  return !(value === 80 && scheme === 'http') && !(value === 443 && scheme === 'https');
}
