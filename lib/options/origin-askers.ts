import type { AskOrigin } from './compile-origin.js';
import type { OriginResolverClass } from './origin-resolver-class.js';
import type { ResolverFault } from './resolver-fault.js';
import type { ResolverLimits } from './resolver-limits.js';
import type { OriginFunction } from './written-origins.js';

/** Makes what is to be asked at run time safe to ask; see `OriginRule`. */
export interface OriginAskers {
  ofFunction(decide: OriginFunction, limits: ResolverLimits): AskOrigin;
  ofClass(resolver: OriginResolverClass, limits: ResolverLimits): AskOrigin;
  /** What keeps a class from being asked, if anything does. */
  faultOf(resolver: OriginResolverClass): ResolverFault | undefined;
}
