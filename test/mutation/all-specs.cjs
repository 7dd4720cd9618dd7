/**
 * The unit tests of the folders that are mutated as one file, so that what they import is loaded once a
 * mutant and not once a file and mutant: a mutant takes a quarter of the time.
 */
const fs = require('node:fs');
const path = require('node:path');

const unit = path.join(__dirname, '../unit');
/** Folders of `test/unit`, named like those of `lib` that are mutated: `policy/paths`. */
const folders = process.env.CORS_MUTATED_FOLDERS ?? 'policy|options';
const specs = new RegExp(`^(?:${folders})/.*\\.spec\\.ts$`);
for (const file of fs.readdirSync(unit, { recursive: true })) {
  if (specs.test(file)) require(path.join(unit, file));
}
// What was wrong in other libraries, asked of configurations.
if (/options/.test(folders)) require(path.join(unit, 'regressions.spec.ts'));
