/**
 * The unit tests of the pure core as one file, so that what they import is loaded once a mutant and
 * not once a file and mutant: a mutant takes a quarter of the time.
 */
const fs = require('node:fs');
const path = require('node:path');

const unit = path.join(__dirname, '../unit');
for (const file of fs.readdirSync(unit, { recursive: true })) {
  if (/^(policy|options|fetch|regressions).*\.spec\.ts$/.test(file)) require(path.join(unit, file));
}
