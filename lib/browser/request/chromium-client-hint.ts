/**
 * Whether Chromium lets a page set a header, with this value, without a CORS-preflight request,
 * although the standard and every other browser want one: the client hints of old, and what its
 * own interventions add (`IsCorsSafelistedHeader` in its `cors.cc`).
 */
export function isChromiumClientHint(name: string, value: string): boolean {
  if (value.length > 128) return false;
  switch (name.toLowerCase()) {
    case 'device-memory':
    case 'downlink':
    case 'dpr':
      return /^\d+(?:\.\d+)?$/.test(value);
    case 'rtt':
    case 'viewport-width':
    case 'width':
      return /^\d+$/.test(value);
    case 'ect':
      return ['slow-2g', '2g', '3g', '4g'].includes(value);
    case 'save-data':
      return value.toLowerCase() === 'on';
    case 'intervention':
      return true;
    default:
      return false;
  }
}
