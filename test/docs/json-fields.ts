/** What `check --json` prints, by field: the page has it as a table, and a test compares the two. */
export const jsonFields: Readonly<Record<string, string>> = {
  version: '`1`. Fields are added in new versions of the package, never changed or removed in one.',
  exitCode: '0 allowed, 1 blocked, 2 unknown: the exit code of the command.',
  pasted:
    'The message in a paste: `browser`, `checks`, `at` and `values`. Missing where there is none.',
  lookalike:
    'What only looks like CORS: `id`, `cause`, `fix`, and `code` where lines of the page help. Missing where there is none.',
  pasteLength: 'The characters of a paste that was too long to be read to its end.',
  pastedResponse: 'What a browser makes of the responses in a paste: the fields below, of them.',
  verdict:
    '`allowed`, `blocked` or `unknown`. This field and those below are of the server, and missing where nothing was sent.',
  check: 'The check that failed, by its name on this page; null where none did.',
  at: 'Where: `request`, `preflight`, `response` or `redirect`; null where no check failed.',
  permission:
    '`local-network` or `loopback-network`, where the browser asks the user; otherwise null.',
  message: 'The message of the browser; null where it has none.',
  cause: 'Why, as sentences; null where nothing is blocked.',
  fix: '`sentence`, `for` and `code`; null where no setting helps. `change` says more.',
  change:
    'The change as lines of `code`: what it is `for` (a server, or `page`), its `title`, `why` it belongs there, and the `headers` in words. Null where no line of code helps.',
  request:
    '`url`, `origin`, `method`, `headers`, `credentials` and `browser`, as they were checked.',
  steps:
    'What was sent, in order: `kind`, `why`, `request`, `response` and the `check` that it failed.',
  warnings: 'What else should be known: `id`, `level` (`warning` or `note`) and `sentence`.',
  exposed: 'The response headers that the page can read.',
};
