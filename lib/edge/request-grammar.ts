/**
 * What of a request is read, as regular expressions that PCRE and RE2 read alike. None holds a quote, a
 * space, a comma's neighbour of a configuration's own, or looks ahead.
 */

/** The characters of a token: RFC 9110 section 5.6.2. */
const T = '[!\\x23-\\x27*+.^_\\x60|~0-9A-Za-z-]';
/** Spaces and tabs. */
const S = '[\\x20\\t]*';
const MEMBER = `${S}${T}+${S}`;

/** A method, or the name of a header. */
export const TOKEN = `^${T}+$`;

/** Methods that are never announced, although they are tokens. */
export const UNANNOUNCED_METHOD = '^(?:(?i:CONNECT|TRACE|TRACK)|\\*)$';

/** Longer values of `Origin` are not read. */
export const MAX_ORIGIN_LENGTH = 512;
/** Nor are longer values of `Access-Control-Request-Headers`. */
export const MAX_HEADER_NAMES_LENGTH = 8192;

/** `Access-Control-Request-Headers`: names, and empty members between them. */
export const HEADER_NAMES = `^(?:${MEMBER}|${S})(?:,(?:${MEMBER}|${S}))*$`;
/** More than 128 names. */
export const TOO_MANY_NAMES = `^[,\\x20\\t]*(?:${T}+[,\\x20\\t]+){128}${T}`;
/** More than 16 empty members. */
export const TOO_MANY_EMPTY = `^(?:(?:${MEMBER},)*${S},){16}(?:${MEMBER},)*${S}(?:,|$)`;
/** A member `*`: what is before it, and what is after it. */
export const STAR_MEMBER = `^(|.*,)${S}\\*${S}(|,.*)$`;

const PORT =
  '(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?';
const ADDRESS = '\\[[0-9a-f:]{2,}\\]';

/** `Origin` as browsers serialise it; {@link UNSERIALIZED_ORIGIN} is read first. */
export const SERIALIZED_ORIGIN = `^[a-z][a-z0-9+.-]*://(?:[A-Za-z0-9._-]+|${ADDRESS})${PORT}$`;
/** A default port, or upper case in the host of a web page. */
export const UNSERIALIZED_ORIGIN = '^(?:https?://.*[A-Z]|http://.*:80$|https://.*:443$)';
