import type { ModulesContainer } from '@nestjs/core';
import { CORS_RUNTIME } from './cors.constants.js';
import type { CorsConfigIssue } from './options/refusal/cors-config-error.js';

/** What is wrong with how `CorsModule` is imported, whatever its options say. */
export function moduleIssues(options: unknown, modules: ModulesContainer): CorsConfigIssue[] {
  const imported = [...modules.values()].filter(({ providers }) => providers.has(CORS_RUNTIME));
  const issues: CorsConfigIssue[] = [];
  if (imported.length > 1) {
    issues.push({
      path: 'CorsModule',
      value: imported.length,
      reason: 'duplicate-module',
      message: `Expected one \`CorsModule.forRoot()\` in an application, got ${imported.length}: which one would hold for a request, nobody could tell. Keep the one of the root module; \`@Cors()\` and \`CorsService\` work everywhere without an import.`,
    });
  }
  if (options === undefined) {
    issues.push({
      path: 'CorsModule',
      value: options,
      reason: 'module-without-options',
      message:
        'Expected `CorsModule.forRoot(…)` or `CorsModule.forRootAsync(…)` among the imports, got `CorsModule` itself (or a factory that returned nothing). Import `CorsModule.forRoot({ origin: … })` in the root module; feature modules need no import.',
    });
  }
  return issues;
}
