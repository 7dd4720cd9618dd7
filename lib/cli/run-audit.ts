import type { AuditFinding, AuditLevel } from '../review/audit.js';
import { printable, printableJson } from '../text/escape.js';
import { policyFileAt, uriOf } from './policy-files.js';
import { painted, type Terminal } from './terminal.js';

/** The options of `audit` as `commander` gives them. */
export interface AuditOptions {
  readonly json?: boolean;
  readonly sarif?: boolean;
}

/** The command `audit`, with its exit code: 0 nothing but notes, 1 a warning or an error. */
export async function runAudit(
  path: string,
  { json = false, sarif = false }: AuditOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const file = await policyFileAt(path, terminal);
  const { auditPolicy } = await import('../review/audit.js');
  const findings = await auditPolicy(file);
  const exitCode = findings.every(({ level }) => level === 'note') ? 0 : 1;
  if (sarif) {
    terminal.out(`${printableJson(await sarifOf(path, version, findings))}\n`);
  } else if (json) {
    terminal.out(`${printableJson({ version: 1, exitCode, findings })}\n`);
  } else {
    terminal.out(auditText(findings, terminal));
  }
  return exitCode;
}

async function sarifOf(path: string, version: string, findings: readonly AuditFinding[]) {
  const { sarifLog } = await import('../review/sarif.js');
  const { AUDIT_RULES } = await import('../review/audit-rules.js');
  const rules = Object.entries(AUDIT_RULES).map(([id, { description }]) => ({
    id: `cors-${id}`,
    description,
  }));
  return sarifLog(
    uriOf(path === '-' ? 'cors.policy.json' : path),
    version,
    rules,
    findings.map(({ rule, level, sentence, declaredAt }) => ({
      ruleId: `cors-${rule}`,
      level,
      message: sentence,
      declaredAt,
    })),
  );
}

const COLOURS: Readonly<Record<AuditLevel, number>> = { error: 31, warning: 33, note: 2 };

/** The findings in sentences, one a line, with their number. */
function auditText(findings: readonly AuditFinding[], terminal: Pick<Terminal, 'colour'>) {
  const lines = findings.map(({ level, rule, sentence }) => {
    const head = `${level} ${rule}:`;
    return `${painted(head, COLOURS[level], terminal)} ${printable(sentence)}`;
  });
  const counts = (['error', 'warning', 'note'] as const).map((level) => {
    const number = findings.filter((finding) => finding.level === level).length;
    return `${number} ${level}${number === 1 ? '' : 's'}`;
  });
  return `${[...lines, `${counts.join(', ')}.`].join('\n')}\n`;
}
