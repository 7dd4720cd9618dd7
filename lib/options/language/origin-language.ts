import { type Automaton, DEAD, START, walk } from '../../policy/origins/automaton.js';
import {
  isPattern,
  type OriginPattern,
  type OriginReason,
  parseOrigin,
} from '../../policy/origins/parse-origin.js';
import { buildAutomaton } from './build-automaton.js';
import { findShortest, intersect, isEmpty, pickInsecure, subtract, unite } from './languages.js';

/** No browser sends a longer one that is read. */
const MAX_LENGTH = 512;

/** A language of which no browser sends anything. */
export interface Dead {
  /** What it matches instead; nothing, perhaps. */
  readonly matches?: string;
  /** Why that is not an origin, if it has a name. */
  readonly fault?: OriginReason;
}

/** What a language matches if no browser sends any of it. */
export function findDead(language: Automaton, origins: OriginLanguages): Dead | undefined {
  const matches = findShortest(language);
  if (matches === undefined) return {};
  const parsed = parseOrigin(matches);
  // Nearly always one of these is an origin: it spares the language of all origins.
  if (isExact(parsed)) return undefined;
  const usual = findShortest(intersect(language, origins.usual));
  if (usual !== undefined && isExact(parseOrigin(usual))) return undefined;
  const sendable = findShortest(intersect(language, origins.sendable));
  if (sendable !== undefined && sendable.length <= MAX_LENGTH) return undefined;
  return { matches, ...(typeof parsed === 'string' && { fault: parsed }) };
}

function isExact(parsed: ReturnType<typeof parseOrigin>): boolean {
  return typeof parsed === 'object' && !isPattern(parsed);
}

/** An origin of a language whose pages come over a network in the clear, if it has one. */
export function findInsecure(language: Automaton, origins: OriginLanguages): string | undefined {
  const insecure = origins.insecureIn(language);
  return insecure && pickInsecure(insecure);
}

/** An origin that the one language has and the other has not, if there is one. */
export function findNewlyAllowed(
  before: Automaton,
  after: Automaton,
  origins: OriginLanguages,
): string | undefined {
  const added = subtract(intersect(after, origins.sendable), before);
  return isEmpty(added) ? undefined : findShortest(added);
}

/** The language of an exact origin or a pattern. */
export function languageOfPattern({ scheme, host, subdomains, port }: OriginPattern): Automaton {
  const labels = subdomains ? '(?:[a-z0-9_-]+\\.)+' : '';
  // Within the first label, `*` stands for at least one character.
  const name = escape(host).replaceAll('*', '[a-z0-9-]+');
  const ports = port === '*' ? '(?::\\d+)?' : port && `:${port}`;
  return buildAutomaton({ source: `^${escape(scheme)}://${labels}${name}${ports}$`, flags: '' });
}

/** Few at a time: an expression has a limit of states. */
const CHUNK = 50;

/** The language of exact origins, at least one. */
export function languageOfExact(origins: readonly string[]): Automaton {
  return Array.from({ length: Math.ceil(origins.length / CHUNK) }, (_, index) =>
    build(
      origins
        .slice(index * CHUNK, (index + 1) * CHUNK)
        .map(escape)
        .join('|'),
    ),
  ).reduce((one, other) => unite(one, other));
}

function escape(text: string): string {
  return text.replace(/[.+[\]/]/g, '\\$&');
}

const PORT = '(?::(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5]))?';
const BYTE = '(?:\\d|[1-9]\\d|1\\d\\d|2[0-4]\\d|25[0-5])';
/** More than that would cost more than it tells. */
const IPV6 = '\\[(?:[0-9a-f]*:){2,}[0-9a-f]*\\]';
const ADDRESS = `${BYTE}(?:\\.${BYTE}){3}|${IPV6}`;
const NAME = '(?:[a-z0-9_-]+\\.)*[a-z0-9_-]+\\.?';
/** Of labels with at most 63 bytes. */
const DNS_NAME = 'https?:\\/\\/(?:[a-z0-9_-]{1,63}\\.)*[a-z0-9_-]{1,63}\\.?(?::\\d+)?';
/** Browsers leave it out. */
const DEFAULT_PORT = 'http:[^]*:80|https:[^]*:443';
/** This very machine, so that nobody sits on the wire between; see `isLoopbackHost`. */
const LOOPBACK =
  'https?:\\/\\/(?:(?:[a-z0-9._-]+\\.)?localhost\\.?|127\\.[\\d.]+|\\[::1\\])(?::\\d+)?';
/** Browsers take a host that ends in a number for an IPv4 address. */
const NUMBER = 'https?:\\/\\/(?:[a-z0-9._-]*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?(?::\\d+)?';
/** Whoever is on the same network: link-local addresses, too. */
const PRIVATE_ADDRESS =
  'https?:\\/\\/(?:(?:10|192\\.168|169\\.254|172\\.(?:1[6-9]|2\\d|3[01]))\\.|\\[f(?:[cd][0-9a-f]|e[89ab])[0-9a-f]:)[^]+';
const SHELL = `[a-z][a-z0-9+.-]*:\\/\\/(?:[A-Za-z0-9._-]+|${IPV6})${PORT}`;
/** Pages of these are `null`, or there are none. */
const NO_SHELL = '(?:about|blob|data|file|filesystem|ftp|https?|javascript|wss?):[^]*';

/**
 * What a browser can send as `Origin`, in parts: each has its own question. They are built by
 * taking away, which is cheaper than to say it in one expression, and only where a question needs
 * them: all of them take longer than an application with one RegExp should wait.
 *
 * @see https://html.spec.whatwg.org/multipage/browsers.html#ascii-serialisation-of-an-origin
 */
export class OriginLanguages {
  private readonly built = new Map<Part, Automaton>();

  /** Pages under names that somebody has registered, or can. */
  namedIn(language: Automaton): Automaton {
    return intersect(language, this.part('named'));
  }

  /** Pages at addresses that mean the same machine everywhere, if there are any. */
  publicAddressesIn(language: Automaton): Automaton | undefined {
    return mayHaveAddress(language) ? intersect(language, this.part('publicAddresses')) : undefined;
  }

  /** Application shells and extensions, if there are any: `capacitor://localhost`. */
  shellsIn(language: Automaton): Automaton | undefined {
    return hasOnlyWebSchemes(language) ? undefined : intersect(language, this.part('shells'));
  }

  /** Pages that come over a network in the clear, if there are any. */
  insecureIn(language: Automaton): Automaton | undefined {
    const isHttps = walk(language, START, 'http:') === DEAD;
    return isHttps ? undefined : intersect(language, this.part('insecure'));
  }

  /** What is an origin, but for details of its host and port. */
  get usual(): Automaton {
    return this.part('usual');
  }

  /** All of them, but `null`. */
  get sendable(): Automaton {
    return this.part('sendable');
  }

  /**
   * All of them with names as the DNS has them: two languages are the same where they differ only in
   * names that cannot exist.
   *
   * @see https://www.rfc-editor.org/rfc/rfc1035#section-2.3.4
   */
  get reachable(): Automaton {
    return this.part('reachable');
  }

  private part(part: Part): Automaton {
    const known = this.built.get(part);
    if (known !== undefined) return known;
    const built = this.build(part);
    this.built.set(part, built);
    return built;
  }

  private build(part: Part): Automaton {
    switch (part) {
      case 'usual':
        return build('[^:]+:\\/\\/[a-z0-9][^:]*(?::[1-9]\\d*)?');
      case 'loopback':
        return build(LOOPBACK);
      case 'names':
        return subtract(webOrigins(NAME), build(NUMBER));
      case 'addresses':
        return webOrigins(ADDRESS);
      case 'web':
        return unite(this.part('names'), this.part('addresses'));
      case 'named':
        return subtract(this.part('names'), this.part('loopback'));
      case 'publicAddresses': {
        const elsewhere = subtract(this.part('addresses'), this.part('loopback'));
        return subtract(elsewhere, build(PRIVATE_ADDRESS));
      }
      case 'insecure':
        return subtract(intersect(this.part('web'), build('http:[^]*')), this.part('loopback'));
      case 'shells':
        return subtract(build(SHELL), build(NO_SHELL));
      case 'reachable': {
        const names = intersect(this.part('names'), build(DNS_NAME));
        return unite(unite(names, this.part('addresses')), this.part('shells'));
      }
      case 'sendable':
        return unite(this.part('web'), this.part('shells'));
    }
  }
}

type Part =
  | 'usual'
  | 'loopback'
  | 'names'
  | 'addresses'
  | 'web'
  | 'named'
  | 'publicAddresses'
  | 'insecure'
  | 'shells'
  | 'sendable'
  | 'reachable';

/** The origins of pages whose host is of some form. */
function webOrigins(host: string): Automaton {
  return subtract(build(`https?:\\/\\/(?:${host})${PORT}`), build(DEFAULT_PORT));
}

function build(source: string): Automaton {
  return buildAutomaton({ source: `^(?:${source})$`, flags: '' });
}

const ASCII = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

/** The characters that lead on from where a text leads. The automaton is minimal. */
function charactersAfter(language: Automaton, text: string): string {
  const state = walk(language, START, text);
  return ASCII.filter((character) => walk(language, state, character) !== DEAD).join('');
}

/** Whether everything begins with `http:` or `https:`. */
function hasOnlyWebSchemes(language: Automaton): boolean {
  return (
    Array.from('http').every(
      (character, index) => charactersAfter(language, 'http'.slice(0, index)) === character,
    ) &&
    [':', 's', ':s'].includes(charactersAfter(language, 'http')) &&
    ['', ':'].includes(charactersAfter(language, 'https'))
  );
}

/** Whether a host may be an address: digits and dots alone, or brackets. */
function mayHaveAddress(language: Automaton): boolean {
  const starts = ['http://', 'https://'].map((scheme) => walk(language, START, scheme));
  if (starts.some((state) => walk(language, state, '[') !== DEAD)) return true;
  const inside = new Set(starts);
  for (const state of inside) {
    if (language.accepting[state] === 1 || walk(language, state, ':') !== DEAD) return true;
    for (const character of '0123456789.') inside.add(walk(language, state, character));
  }
  return false;
}
