import { Unsupported } from '../options/language/limits.js';
import { findInsecure, OriginLanguages } from '../options/language/origin-language.js';
import { findOpenness } from '../options/language/openness.js';
import { findSuffixDanger } from '../options/origin/pattern-dangers.js';
import type { SuffixList } from '../options/origin/public-suffix.js';
import { isLoopbackHost } from '../fetch/origins.js';
import type { ListedOrigins, OriginExpression } from '../policy-file/allowed-origins.js';
import type { CorsPolicyFile, PolicyReference } from '../policy-file/policy-file.js';
import { type OriginPattern, parseOrigin } from '../policy/origins/parse-origin.js';
import { AUDIT_RULES, type AuditRuleId } from './audit-rules.js';
import { shorten } from './compare-access.js';
import { nameOf } from './route-name.js';
import { type Access, type Grant, Grants } from './grants.js';
import { looksLikeAnAction, looksPrivate } from './path-words.js';

/** What a reviewer should look at, wherever it is true. */
export interface AuditFinding {
  readonly rule: AuditRuleId;
  /** `error`: what the module refuses unless it is allowed; `note`: nothing to do, perhaps. */
  readonly level: AuditLevel;
  /** What it is about, as it is written: `https://*.example.com`. */
  readonly value: string;
  /** `GET /orders/:id`, `the path /files/*`, `paths that no controller serves`. */
  readonly places: readonly string[];
  /** Where the option is written, once for each place. */
  readonly declaredAt: readonly string[];
  /** The requirements of ASVS 5.0 that it is about. */
  readonly asvs: readonly string[];
  /** The whole of it, with what to do. */
  readonly sentence: string;
}

export type AuditLevel = 'error' | 'warning' | 'note';

const LEVELS: readonly AuditLevel[] = ['error', 'warning', 'note'];

/** Eight hours, in seconds. */
const WORKING_DAY = 28_800;

/** What a reviewer should look at, from the file alone: errors first. */
export async function auditPolicy(file: CorsPolicyFile): Promise<AuditFinding[]> {
  const { PUBLIC_SUFFIXES } = await import('../options/origin/public-suffix.js');
  const audit = new Audit(file, PUBLIC_SUFFIXES);
  for (const reference of placesByPolicy(file).keys()) audit.policy(reference);
  audit.routes();
  return audit.findings();
}

/** Where each policy applies. */
function placesByPolicy(file: CorsPolicyFile): Map<PolicyReference, string[]> {
  const places = new Map<PolicyReference, string[]>();
  const add = (reference: PolicyReference, place: string) => {
    const known = places.get(reference);
    if (known === undefined) places.set(reference, [place]);
    else known.push(place);
  };
  for (const route of file.routes) add(route.policy, nameOf(route));
  for (const [key, policy] of Object.entries(file.paths)) add(policy, `the path \`${key}\``);
  add(file.global, 'paths that no controller serves');
  return places;
}

interface Found extends Pick<AuditFinding, 'rule' | 'level' | 'value'> {
  readonly text: string;
  readonly places: Set<string>;
  readonly declaredAt: Set<string>;
}

class Audit {
  private readonly languages = new OriginLanguages();
  private readonly found = new Map<string, Found>();
  private readonly grants: Grants;
  private readonly placesOf: ReadonlyMap<PolicyReference, readonly string[]>;
  /** Whether pages use cookies here, as far as the file shows. */
  private readonly hasCredentials: boolean;

  constructor(
    private readonly file: CorsPolicyFile,
    private readonly suffixes: SuffixList,
  ) {
    this.grants = new Grants(file);
    this.placesOf = placesByPolicy(file);
    this.hasCredentials = Array.from(this.placesOf.keys(), (one) => this.grants.of(one)).some(
      (access) => typeof access === 'object' && access.credentials,
    );
  }

  /** What can be said of a policy, wherever it applies. */
  policy(reference: PolicyReference): void {
    const access = this.grants.of(reference);
    const places = this.placesOf.get(reference) ?? [];
    if (access === 'unknown') {
      const value = 'passThrough';
      this.add('passes-through', 'note', value, '@Cors()', 'CORS passes through', places);
    }
    const options = reference === false ? undefined : this.file.policies[reference];
    if (typeof access !== 'object' || options === undefined) return;
    const { declaredAt } = options.origin;
    const { origins, credentials } = access;
    if (access.maxAge > WORKING_DAY) {
      this.add(
        'long-max-age',
        'warning',
        `maxAge: ${access.maxAge}`,
        options.maxAge.declaredAt,
        `\`maxAge\` is ${access.maxAge} s`,
        places,
      );
    }
    if (origins.kind === 'decided') {
      const level = credentials ? 'warning' : 'note';
      const text = `\`${origins.by}\` decides at run time${withCredentials(access)}`;
      this.add('decided-at-run-time', level, origins.by, declaredAt, text, places);
    }
    if (origins.kind === 'listed') this.listed(origins, access, declaredAt, places);
  }

  private listed(
    origins: ListedOrigins,
    grant: Grant,
    declaredAt: string,
    places: readonly string[],
  ): void {
    const members = membersOf(origins);
    const add = (rule: AuditRuleId, level: AuditLevel, values: readonly string[]) => {
      if (values.length === 0) return;
      const [verb, texts] = [values.length === 1 ? 'is' : 'are', shorten(values.map(quoted))];
      const text = `${texts} ${verb} allowed${withCredentials(grant)}`;
      this.add(rule, level, shorten(values), declaredAt, text, places);
    };
    const severe: AuditLevel = grant.credentials ? 'error' : 'note';
    add(
      'insecure-origin',
      severe,
      members.filter((member) => isInsecure(member, this.languages)).map(({ text }) => text),
    );
    add(
      'public-suffix',
      severe,
      members.filter((member) => this.isOpen(member)).map(({ text }) => text),
    );
    if (!grant.credentials) return;
    const open = members.filter((member) => widthOf(member) > 0);
    add(
      'credentialed-pattern',
      'warning',
      open.map(({ text }) => text),
    );
    const widest = members.toSorted((one, other) => widthOf(other) - widthOf(one));
    const texts = widest.map(({ text }) => text);
    const text = `with credentials, widest first: ${shorten(texts.map(quoted))}`;
    this.add('credentialed-origins', 'note', shorten(texts), declaredAt, text, places);
  }

  /** Whether a member stands for names that belong to anybody. */
  private isOpen(member: Member): boolean {
    if (!('language' in member)) return findSuffixDanger(member, this.suffixes).length > 0;
    try {
      const { stranger, belowSuffix } = findOpenness(
        member.language,
        this.suffixes,
        this.languages,
      );
      return stranger !== undefined || belowSuffix !== undefined;
    } catch (error) {
      if (!(error instanceof Unsupported)) throw error;
      // Who cannot be told apart is not known either.
      return true;
    }
  }

  /** What depends on method and path. */
  routes(): void {
    for (const route of this.file.routes) {
      const { method, path, policy } = route;
      const access = this.grants.of(policy);
      const declaredAt = this.declaredAt(policy);
      const place = [nameOf(route)];
      const isPrivate = looksPrivate(path);
      if (isAny(access) && isPrivate) {
        const text = 'any origin is allowed where the path looks private';
        this.add('any-origin-private', 'warning', "'*'", declaredAt, text, place);
      }
      if ((method === 'POST' || method === 'ALL') && !this.isRefused(access)) {
        const level = this.hasCredentials ? 'warning' : 'note';
        // Forgery needs no response: that none can be read makes it no better (ASVS 3.5.1).
        const unread = access === 'nothing' ? ', although none may read the response' : '';
        const text = `any page may send a POST without a preflight${unread}`;
        this.add('no-preflight', level, 'POST', declaredAt, text, place);
      }
      if (method === 'GET' && looksLikeAnAction(path)) {
        const text = 'a GET looks as if it changes something';
        this.add('unsafe-get', 'warning', 'GET', declaredAt, text, place);
      }
    }
    for (const [key, policy] of Object.entries(this.file.paths)) {
      if (!isAny(this.grants.of(policy))) continue;
      if (!looksPrivate(key)) continue;
      const text = 'any origin is allowed where the path looks private';
      const place = [`the path \`${key}\``];
      this.add('any-origin-private', 'warning', "'*'", this.declaredAt(policy), text, place);
    }
  }

  findings(): AuditFinding[] {
    const rules = Object.keys(AUDIT_RULES);
    const findings = Array.from(this.found.values(), ({ text, ...found }) => {
      const { advice, asvs } = AUDIT_RULES[found.rule];
      const places = [...found.places];
      const declaredAt = [...found.declaredAt];
      const number = places.length === 1 ? '' : `${places.length} places, `;
      const sources = declaredAt.filter((place) => place !== 'default').map(quoted);
      const written = sources.length === 0 ? '' : `, written at ${shorten(sources)}`;
      const named = asvs.length === 0 ? '' : ` ASVS 5.0: ${asvs.join(', ')}.`;
      const where = `${number}${shorten(places, SHOWN_PLACES)}`;
      const sentence = `${capitalized(text)}${written}: ${where}. ${advice}${named}`;
      return { ...found, places, declaredAt, asvs, sentence };
    });
    return findings.toSorted(
      (one, other) =>
        LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level) ||
        rules.indexOf(one.rule) - rules.indexOf(other.rule),
    );
  }

  /** `rejectDisallowed` refuses origins that are not allowed, and only where a policy says so. */
  private isRefused(access: Access): boolean {
    return this.file.application.rejectDisallowed && typeof access === 'object' && !isAny(access);
  }

  private declaredAt(reference: PolicyReference): string {
    const options = reference === false ? undefined : this.file.policies[reference];
    return options?.origin.declaredAt ?? '@Cors()';
  }

  private add(
    rule: AuditRuleId,
    level: AuditLevel,
    value: string,
    declaredAt: string,
    text: string,
    places: readonly string[],
  ): void {
    const key = JSON.stringify([rule, level, text]);
    const known = this.found.get(key) ?? {
      rule,
      level,
      value,
      text,
      places: new Set<string>(),
      declaredAt: new Set<string>(),
    };
    this.found.set(key, known);
    known.declaredAt.add(declaredAt);
    for (const place of places) known.places.add(place);
  }
}

const SHOWN_PLACES = 6;

type Member = OriginPattern | OriginExpression;

/** Exact origins, patterns and RegExps alike. */
function membersOf({ exact, patterns, expressions }: ListedOrigins): readonly Member[] {
  const parsed = Array.from(exact, (text) => parseOrigin(text));
  return [...expressions, ...patterns, ...parsed.filter((one) => typeof one !== 'string')];
}

/** How much a member stands for, roughly: 0 for an exact origin. */
function widthOf(member: Member): number {
  if ('language' in member) return 4;
  const { host, subdomains, port } = member;
  const ofHost = subdomains ? 2 : host.includes('*') ? 1 : 0;
  return ofHost + (port === '*' ? 0.5 : 0);
}

function isInsecure(member: Member, languages: OriginLanguages): boolean {
  if ('language' in member) return findInsecure(member.language, languages) !== undefined;
  return member.scheme === 'http' && !isLoopbackHost(member.host);
}

function isAny(access: Access): boolean {
  return typeof access === 'object' && access.origins.kind === 'any';
}

function withCredentials({ credentials }: Grant): string {
  return credentials ? ', with credentials' : '';
}

function quoted(text: string): string {
  return `\`${text}\``;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
