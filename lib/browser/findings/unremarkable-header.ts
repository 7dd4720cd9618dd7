/** Names of response headers that pages have no use for, so that nobody misses them. */
export function isUnremarkableHeader(name: string): boolean {
  if (name.startsWith('access-control-') || name.startsWith('cross-origin-')) return true;
  switch (name) {
    case 'connection':
    case 'content-security-policy':
    case 'date':
    case 'keep-alive':
    case 'origin-agent-cluster':
    case 'referrer-policy':
    case 'server':
    case 'set-cookie':
    case 'set-cookie2':
    case 'strict-transport-security':
    case 'timing-allow-origin':
    case 'transfer-encoding':
    case 'vary':
    case 'x-content-type-options':
    case 'x-dns-prefetch-control':
    case 'x-download-options':
    case 'x-frame-options':
    case 'x-permitted-cross-domain-policies':
    case 'x-powered-by':
    case 'x-xss-protection':
      return true;
    default:
      return false;
  }
}
