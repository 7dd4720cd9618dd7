import { printValue } from './print-value.js';

/**
 * The path of an option: `forRoot().policies.public.origin`, or with the decorator's place first,
 * `@Cors() on OrdersController.update: maxAge`.
 *
 * @param source where it is written: `forRoot()`, or `@Cors() on …`
 * @param option its name, perhaps with an index: `origin[2]`
 */
export function optionPath(source: string, option: string): string {
  if (source.startsWith('@')) return `${source}: ${option}`;
  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*(?:\[\d+\])?$/u.test(option);
  return isName ? `${source}.${option}` : `${source}[${printValue(option)}]`;
}
