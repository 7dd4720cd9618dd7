/**
 * What is taken from a request, as regular expressions that PCRE and RE2 read alike, without a quote, a
 * space or a hash sign in them.
 */

/** A method, or the name of a header: RFC 9110 section 5.6.2. */
export const TOKEN = '^[!\\x23-\\x27*+.^_\\x60|~0-9A-Za-z-]+$';

/** Methods that are never announced, although they are tokens. */
export const UNANNOUNCED_METHOD = '^(?:(?i:CONNECT|TRACE|TRACK)|\\*)$';

/** Longer values of `Access-Control-Request-Headers` are not read. */
export const MAX_HEADER_NAMES_LENGTH = 8192;

const SPACE = '[\\x20\\t]*';
/** A member `*` of a list: what is before it, and what is after it. */
export const STAR_MEMBER = `^(|.*,)${SPACE}\\*${SPACE}(|,.*)$`;
/** A list without members. */
export const NO_MEMBERS = '^[,\\x20\\t]*$';
