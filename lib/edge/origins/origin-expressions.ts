import type { OriginExpression as WrittenExpression } from '../../policy-file/allowed-origins.js';
import type { OriginPattern } from '../../policy/origins/parse-origin.js';
import { MAX_LABEL_LENGTH } from '../../fetch/origins.js';
import { printable } from '../../text/escape.js';
import { escapeExpression, type Expression, expression } from '../expression.js';
import { printRegExp } from '../print-regexp.js';
import type { OriginExpression } from '../tables.js';

/**
 * What browsers send as `Origin`, but for its length and {@link DEFAULT_PORT}: whatever is not of this
 * form is not compared with anything. `null` is, and no rule allows it.
 */
const HOST = '[a-z0-9._-]+';
const ADDRESS = '\\[[0-9a-f:]{2,}\\]';
const PORT =
  '(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?';

export const SERIALIZED_ORIGIN: Expression = expression(
  `^(?:https?://(?:${HOST}|${ADDRESS})|[a-z][a-z0-9+.-]*://(?:[A-Za-z0-9._-]+|${ADDRESS}))${PORT}$`,
);

/** A scheme of the web with an upper-case host, which the second half of the expression above lets in. */
export const UPPER_CASE_HOST: Expression = expression('^https?://.*[A-Z]');

/** A port that browsers leave out. */
export const DEFAULT_PORT: Expression = expression('^(?:http://.*:80|https://.*:443)$');

/** A host that the DNS cannot have: no pattern matches it. */
export const OVERLONG_HOST: Expression = expression('^https?://[^:]{254}');

/** A pattern such as `https://*.example.com:*`. */
export function patternExpression({
  text,
  scheme,
  host,
  subdomains,
  port,
}: OriginPattern): OriginExpression {
  const label = `[a-z0-9_-]{1,${MAX_LABEL_LENGTH}}`;
  const labels = subdomains ? `(?:${label}\\.)+` : '';
  const ports = port === '*' ? '(?::[0-9]+)?' : port && `:${port}`;
  const source = `^${scheme}://${labels}${hostSource(host)}${ports}$`;
  return { written: text, origin: expression(source) };
}

/** Within its first label, `*` stands for at least one letter, digit or hyphen. */
function hostSource(host: string): string {
  const star = host.indexOf('*');
  if (star === -1) return escapeExpression(host);
  const dot = host.indexOf('.', star);
  const left = MAX_LABEL_LENGTH - (dot - 1);
  return `${escapeExpression(host.slice(0, star))}[a-z0-9-]{1,${left}}${escapeExpression(host.slice(star + 1))}`;
}

/** A RegExp of a list; undefined where no dialect says it. */
export function regexpExpression({
  source,
  flags,
  text,
}: WrittenExpression): OriginExpression | undefined {
  const printed = printRegExp({ source, flags });
  return printed && { written: printable(text), origin: printed };
}
