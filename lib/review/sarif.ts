/** What a tool that reads code finds, in the words of SARIF. */
export interface SarifResult {
  readonly ruleId: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  /** Where the options are written: `@Cors() on OrdersController.update`. */
  readonly declaredAt: readonly string[];
}

export interface SarifRule {
  readonly id: string;
  readonly description: string;
}

/**
 * Results as one run of a SARIF log. The policy file is the physical location, since nothing else is a
 * file; the places of the options are logical ones.
 *
 * @param uri of the policy file, as in the repository
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifLog(
  uri: string,
  version: string,
  rules: readonly SarifRule[],
  results: readonly SarifResult[],
): object {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'nestjs-cors',
            semanticVersion: version,
            rules: rules.map(({ id, description }) => ({
              id,
              shortDescription: { text: description },
            })),
          },
        },
        results: results.map(({ ruleId, level, message, declaredAt }) => ({
          ruleId,
          ruleIndex: rules.findIndex(({ id }) => id === ruleId),
          level,
          message: { text: message },
          locations: [
            {
              physicalLocation: {
                artifactLocation: { uri },
                region: { startLine: 1 },
              },
              logicalLocations: declaredAt.map((fullyQualifiedName) => ({ fullyQualifiedName })),
            },
          ],
        })),
      },
    ],
  };
}
