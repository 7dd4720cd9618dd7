import { type Expression, expression } from '../expression.js';

/** A character of a name. */
const NAME = "[0-9A-Za-z!#$%&'*+.^_`|~-]";
const SPACE = '[ \\x09]*';
const FILLED = `${SPACE}[^, \\x09][^,]*`;
const EMPTY = `${SPACE},`;

/**
 * `Access-Control-Request-Headers` as the policy core reads it: names between commas, some of which may
 * be missing. At most 8192 bytes, 128 names and 16 empty members.
 */
export const READABLE_HEADERS: Expression = expression(
  `^${SPACE}(?:${NAME}+${SPACE})?(?:,${SPACE}(?:${NAME}+${SPACE})?)*$`,
);

export const TOO_MANY_NAMES: Expression = expression(`^(?:(?:${EMPTY})*${FILLED}(?:,|$)){129}`);

export const TOO_MANY_EMPTY: Expression = expression(
  `^(?:(?:${FILLED},)*${EMPTY}){16}(?:${FILLED},)*${SPACE}(?:,|$)`,
);
