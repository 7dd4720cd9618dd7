/** An origin that no server can have on a list: nobody can own a name under `.invalid` (RFC 6761). */
export const STRANGER_ORIGIN = 'https://nestjs-cors-check.invalid';
