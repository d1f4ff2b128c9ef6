import { sandboxPath } from '../api/page-settings.js';

/** Does something and says what came of it. */
export type RunAction = (what: string, action: () => Promise<void>) => void;

/** Works a switch of the sandbox; rejects with what the sandbox says is wrong. */
export async function workSwitch(
  method: 'PUT' | 'POST' | 'DELETE',
  path: string,
  body: object = {},
): Promise<void> {
  const response = await fetch(`${sandboxPath ?? ''}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (response.ok) return;
  const told = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Error(told?.error?.message ?? `The sandbox answered ${response.status}.`);
}
