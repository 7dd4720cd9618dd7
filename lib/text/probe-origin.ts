/**
 * The origin that `npx nestjs-cors check` sends to find out whether a server allows any origin. No
 * page has it and no server can have it on a list: nobody can own a name under `.invalid` (RFC 6761).
 */
export const PROBE_ORIGIN = 'https://nestjs-cors-check.invalid';
