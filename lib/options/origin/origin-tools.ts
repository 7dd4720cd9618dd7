/**
 * What reading origins needs and most applications do not: each tool is loaded only where an origin
 * is written that needs it.
 */
export interface OriginTools {
  /** Whether a host is a public suffix, below which anyone can own a name. */
  readonly isPublicSuffix: ((host: string) => boolean) | undefined;
}

export const NO_ORIGIN_TOOLS: OriginTools = Object.freeze({ isPublicSuffix: undefined });

/**
 * Loads what the origins in some configuration need.
 *
 * @param written whatever holds origins: options, overrides, updates
 * @param loaded what earlier configuration needed
 */
export async function loadOriginTools(
  written: unknown,
  loaded: OriginTools = NO_ORIGIN_TOOLS,
): Promise<OriginTools> {
  if (loaded.isPublicSuffix !== undefined || !mentionsPattern(written)) return loaded;
  const { isPublicSuffix } = await import('./public-suffix.js');
  return { isPublicSuffix };
}

/** A list of configurations, options, `policies`, a policy, a list of origins. */
const MAX_DEPTH = 5;

/**
 * Whether a pattern for the names below a host may be written anywhere inside. Options are read once,
 * so getters are not called: what they return is taken for a pattern.
 */
function mentionsPattern(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes('://*.');
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return false;
  // Lists may have 100,000 members.
  if (Array.isArray(value)) return value.some((member) => mentionsPattern(member, depth + 1));
  return Reflect.ownKeys(value).some((key) => {
    const property = Reflect.getOwnPropertyDescriptor(value, key);
    return property?.get !== undefined || mentionsPattern(property?.value, depth + 1);
  });
}
