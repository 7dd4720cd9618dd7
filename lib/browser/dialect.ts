/** The browser whose order of checks, wording and limits a simulation follows. */
export type Dialect = 'chromium' | 'firefox' | 'safari';
