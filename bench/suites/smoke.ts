import { sampleTable, summarise } from '../report.js';
import { interleave } from '../rounds.js';
import type { Effort } from '../rounds.js';
import { TARGETS, targetNamed } from '../targets.js';

/** Not a measurement: shows that each target, or each of those named, gives the right pages. */
export async function smoke(effort: Effort, names: readonly string[]): Promise<string> {
  const targets = names.length > 0 ? names : TARGETS.map((target) => target.name);
  const parts: string[] = [];
  for (const page of ['full', 'short'] as const) {
    const able = targets.filter((name) => targetNamed(name).pages?.includes(page) ?? true);
    const samples = await interleave({
      targets: able,
      effort,
      shape: { page, members: 25, connections: 16 },
    });
    parts.push(`### Smoke, ${page} page\n\n${sampleTable(summarise(samples), 'proxy')}`);
  }
  return parts.join('\n\n');
}
