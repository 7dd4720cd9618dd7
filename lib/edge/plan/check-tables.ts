import { isToken } from '../../fetch/tokens.js';
import { PolicyFileError } from '../../policy-file/read-policy-file.js';
import { printable } from '../../text/escape.js';
import type { EdgeTables } from '../tables.js';

/**
 * What the module has checked, and a file that was written by hand may have all the same: names that
 * would end a header or a line of a configuration.
 *
 * @throws PolicyFileError
 */
export function checkTables({ answers, places, elsewhere }: EdgeTables): void {
  for (const { exposeHeaders, allowHeaders, allowMethods, maxAge } of answers) {
    const exposed = exposeHeaders === undefined ? [] : exposeHeaders.split(', ');
    for (const name of [...exposed, ...allowHeaders.names]) checkName(name, 'a name of a header');
    for (const name of allowMethods.names) checkName(name, 'a method');
    if (maxAge !== undefined && !Number.isSafeInteger(maxAge)) {
      throw unusable(String(maxAge), 'whole seconds for `maxAge`');
    }
  }
  for (const { cells, oddCells } of [...places, elsewhere]) {
    for (const method of [...cells.byMethod.keys(), ...(oddCells?.byMethod.keys() ?? [])]) {
      checkName(method, 'a method');
    }
  }
}

function checkName(name: string, expected: string): void {
  if (!isToken(name)) throw unusable(name, expected);
}

function unusable(value: string, expected: string): PolicyFileError {
  return new PolicyFileError(
    `Expected ${expected}, got \`${printable(value)}\`. Write the file again with \`npx nestjs-cors policy\`.`,
  );
}
