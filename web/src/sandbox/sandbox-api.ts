import { sandboxPath } from '../api/page-settings.js';

/** Runs an action and shows the result. */
export type RunAction = (what: string, action: () => Promise<void>) => void;

/** Calls a control route of the sandbox. Rejects with the sandbox's error message. */
export async function callSandbox(
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
  const result = (await response.json().catch(() => null)) as { error?: { message?: string } } | null;
  throw new Error(result?.error?.message ?? `The sandbox responded with ${response.status}.`);
}
