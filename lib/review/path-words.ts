/** Whether a path looks as if its responses were private: a guess, for a person to judge. */
export function looksPrivate(path: string): boolean {
  return wordsOf(path).some((word) => PRIVATE_WORDS.has(word));
}

/** Whether a path looks as if a request to it changed something. */
export function looksLikeAnAction(path: string): boolean {
  return wordsOf(path).some((word) => ACTIONS.has(word));
}

/** The words of a path that are not parameters: of `/users/:id/resetPassword`, users, reset and password. */
function wordsOf(path: string): readonly string[] {
  return path
    .split('/')
    .filter((segment) => !segment.includes(':'))
    .flatMap((segment) => segment.replaceAll(/([a-z])([A-Z])/g, '$1-$2').split(/[^A-Za-z0-9]+/))
    .map((word) => word.toLowerCase());
}

const PRIVATE_WORDS: ReadonlySet<string> = new Set(
  `account accounts admin auth bank billing cart checkout customer customers dashboard email emails
  employee employees health internal invoice invoices login logout me medical message messages order
  orders passport password patient patients payment payments payroll private profile profiles salary
  secret secrets session sessions settings token tokens transfer transfers user users wallet`.split(
    /\s+/,
  ),
);

const ACTIONS: ReadonlySet<string> = new Set(
  `activate add approve cancel clear confirm create deactivate delete destroy disable enable execute
  insert logout purge remove reset revoke send signout subscribe toggle transfer trigger unsubscribe
  update upsert`.split(/\s+/),
);
