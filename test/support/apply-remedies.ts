import type { CorsConfigIssue } from '../../lib/options/refusal/cors-config-error.js';
import { evaluate } from './written-configuration.js';

/**
 * The first thing that a message says to do: code to write, perhaps instead of calls of a callback, or
 * something to remove.
 */
const REMEDY =
  /[Ww]rite [^`.]*`([^`]+)`(?: instead of `(\w+)\(null, allowed\)`)?|([Rr]emove `'\*'`)|[Rr]emove it|[Oo]mit it|to be removed/;

/**
 * Does what the messages say, as somebody would who reads nothing else: replaces the value by the code,
 * sets the option that the code names, or removes what it says to remove.
 */
export function applyRemedies(given: unknown, issues: readonly CorsConfigIssue[]): unknown {
  let options = given;
  const drafts = new Map<string, Draft>();
  const draftOf = (option: string) => {
    const draft = drafts.get(option) ?? new Draft(Reflect.get(Object(options), option));
    drafts.set(option, draft);
    return draft;
  };
  for (const { path, message, value } of issues) {
    const [found, code, callback, star] = REMEDY.exec(message) ?? [];
    const [, option, index] = /^forRoot\(\)\.(\w+)(?:\[(\d+)\])?$/.exec(path) ?? [];
    const [, name, setting] = /^(\w+): (.+)$/.exec(code ?? '') ?? [];
    if (found === undefined) continue;
    if (option === undefined) options = evaluate(code ?? '');
    else if (name !== undefined) draftOf(name).set(evaluate(setting ?? ''));
    else if (star !== undefined) draftOf(option).drop('*');
    else if (code === undefined) draftOf(option).remove(index);
    else if (/^(?:\?\?|\|\|)/.test(code)) draftOf(option).set(evaluate(`undefined ${code}`));
    else if (callback === undefined) draftOf(option).replace(index, value, code);
    else draftOf(option).set(returning(Reflect.get(Object(options), option), callback));
  }
  const written = Array.from(drafts, ([option, draft]) => [option, draft.value] as const);
  const result: Record<string, unknown> = { ...Object(options), ...Object.fromEntries(written) };
  return Object.fromEntries(Object.entries(result).filter(([, value]) => value !== REMOVED));
}

const REMOVED = Symbol('removed');

/** The value of an option, while messages about it are followed. */
class Draft {
  /** Where each member stood, so that the indices of later messages hold. */
  private places: unknown[][];
  private isList: boolean;

  constructor(given: unknown) {
    this.isList = Array.isArray(given);
    this.places = (Array.isArray(given) ? Array.from(given) : [given]).map((one) => [one]);
  }

  get value(): unknown {
    const members = this.places.flat();
    if (this.isList) return members;
    return members.length === 0 ? REMOVED : members[0];
  }

  set(value: unknown): void {
    this.isList = Array.isArray(value);
    this.places = [Array.isArray(value) ? value : [value]];
  }

  drop(value: unknown): void {
    this.places = this.places.map((place) => place.filter((one) => one !== value));
  }

  remove(index: string | undefined): void {
    if (index === undefined) {
      this.isList = false;
      this.places = [];
    } else this.places[Number(index)] = [];
  }

  /** A piece of what has been written instead is replaced alone. */
  replace(index: string | undefined, value: unknown, code: string): void {
    if (index === undefined && code.startsWith('[')) {
      this.set(evaluate(code));
      return;
    }
    const written = evaluate(`[${code}]`) as unknown[];
    const place = this.places.find((pieces) => pieces.length > 1 && pieces.includes(value));
    if (place !== undefined) place.splice(place.indexOf(value), 1, ...written);
    else this.places[Number(index ?? 0)] = written;
  }
}

/** A function of the old style, with its answers returned. */
function returning(given: unknown, callback: string): unknown {
  const text = Function.prototype.toString.call(given);
  const call = String.raw`(?:return )?${callback}`;
  const returned = text
    .replaceAll(new RegExp(String.raw`${call}\(null, (\w+)\)`, 'g'), 'return $1')
    .replaceAll(new RegExp(String.raw`${call}\(new Error\('[^']*'\)\)`, 'g'), 'return false');
  return evaluate(returned);
}
