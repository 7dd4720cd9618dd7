import { TestEnvironment } from 'jest-environment-node';

/**
 * Skips what comes after the first test that fails: by then a change is noticed. Jest itself has that
 * for whole files only.
 */
export default class extends TestEnvironment {
  hasFailed = false;

  handleTestEvent({ name, test }) {
    if (name === 'test_start' && this.hasFailed) test.mode = 'skip';
    if (name === 'test_done' && test.errors.length > 0) this.hasFailed = true;
  }
}
