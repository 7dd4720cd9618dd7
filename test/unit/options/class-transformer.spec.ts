import { plainToInstance } from 'class-transformer';
import 'reflect-metadata';
import { compile } from './configuration.js';

class Options {
  origin: unknown;
}

/** Why options are read as they are, and class-transformer is not a dependency. */
describe('class-transformer', () => {
  const regexp = /^https:\/\/app\.example\.com$/;

  test('turns a RegExp into one that allows every origin', () => {
    const { origin } = plainToInstance(Options, { origin: regexp });
    expect(String(origin)).toBe('/(?:)/');
    if (!(origin instanceof RegExp)) throw new Error('It made something else of the RegExp.');
    expect(origin.test('https://evil.example')).toBe(true);
  });

  test('never touches the options: a RegExp arrives as written', () => {
    const { origin } = compile({ origin: [regexp] }).global;
    if (origin.kind !== 'listed') throw new Error('A RegExp makes a list.');
    expect(origin.matches('https://app.example.com')).toBe(true);
    expect(origin.matches('https://evil.example')).toBe(false);
  });
});
