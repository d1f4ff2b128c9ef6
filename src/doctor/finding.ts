/** The result of a check. */
export interface Finding {
  readonly level: 'ok' | 'warn' | 'FAIL';
  /** The subject of the check, in a word. */
  readonly subject: string;
  readonly text: string;
  /** How to fix it. */
  readonly advice?: string;
}

/** Creates findings for one subject. */
export interface Findings {
  readonly ok: (text: string, advice?: string) => Finding;
  readonly warn: (text: string, advice: string) => Finding;
  readonly fail: (text: string, advice: string) => Finding;
}

export function findingsOn(subject: string): Findings {
  return {
    ok: (text, advice) => ({ level: 'ok', subject, text, ...(advice !== undefined && { advice }) }),
    warn: (text, advice) => ({ level: 'warn', subject, text, advice }),
    fail: (text, advice) => ({ level: 'FAIL', subject, text, advice }),
  };
}

/** Formats a finding: one line, and the fix below it. */
export function toLines({ level, subject, text, advice }: Finding): string[] {
  const line = `${level.padEnd(4)}  ${subject.padEnd(8)}  ${text}`;
  return advice === undefined ? [line] : [line, `${' '.repeat(16)}-> ${advice}`];
}

/** Summarizes all findings in one line. */
export function summaryOf(findings: readonly Finding[]): string {
  const count = (wanted: Finding['level']) => findings.filter(({ level }) => level === wanted).length;
  const [failed, warned] = [count('FAIL'), count('warn')];
  if (failed > 0) return `Failures: ${failed}, warnings: ${warned}. The service cannot work like this.`;
  return warned > 0 ? `No failures, warnings: ${warned}.` : 'All checks passed.';
}
