/** The tenant in a host name: `acme` for `acme.localhost`. */
export function tenantOf(hostname: string): string | undefined {
  return /^([a-z\d-]{1,63})\../.exec(hostname.toLowerCase())?.[1];
}
