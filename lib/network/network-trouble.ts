/** What went wrong before there was an answer, as one sentence with what to look at. */
export function networkTrouble(error: Error, url: string, timeout: number): string {
  const { host, hostname, protocol } = new URL(url);
  if (error.message === 'TIMEOUT') return `No answer came from ${host} within ${timeout / 1000} s.`;

  const code = codeOf(error);
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The host name ${hostname} does not resolve (${code}): look for a slip in it.`;
    case 'ECONNREFUSED':
      return `Nothing listens at ${host} (${code}): does the server run, and on this port?`;
    case 'ECONNRESET':
      return `${host} closed the connection without an answer (${code}).`;
    case 'EPROTO':
    case 'ERR_SSL_WRONG_VERSION_NUMBER':
      return `${host} does not speak TLS as https needs it (${code}): is it an http:// URL?`;
    case 'HPE_HEADER_OVERFLOW':
      return `The header section of the answer from ${host} is longer than browsers take (${code}).`;
    default:
      break;
  }
  if (code.startsWith('HPE_')) return `What ${host} answers is not HTTP (${code}).`;
  if (protocol === 'https:' && isCertificateTrouble(code)) {
    return `The certificate of ${host} is not trusted (${code}); \`--insecure\` looks past it, browsers do not.`;
  }
  return `No answer came from ${host} (${code}).`;
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

function isCertificateTrouble(code: string): boolean {
  return /CERT|SIGNATURE|ALTNAME|CRL|ISSUER/.test(code);
}
