import { ERROR_REASONS } from '../bank/oauth.js';
import type { OauthResult } from '../bank/oauth.js';

const STYLE = `
  :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
  main { max-width: 26rem; padding: 2rem; border: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); border-radius: .75rem; }
  h1 { margin: 0 0 .5rem; font-size: 1.4rem; }
  form { display: grid; gap: .75rem; margin-top: 1.5rem; }
  button, select { font: inherit; padding: .6rem 1rem; border-radius: .5rem; border: 1px solid currentColor; background: Canvas; color: CanvasText; }
  button.go { background: #0b5c46; border-color: #0b5c46; color: #fff; }
  button:focus-visible, select:focus-visible { outline: 3px solid #3b82f6; outline-offset: 2px; }
  fieldset { border: 0; border-top: 1px solid color-mix(in srgb, CanvasText 25%, Canvas); padding: .75rem 0 0; margin: 0; display: grid; gap: .5rem; }
  legend { padding: 0 .5rem 0 0; }
`;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main>${main}</main></body>
</html>`;
}

/** The bank's sign-in page: approve, cancel, or fail for a reason. */
export function signInPage(bank: string, decisionToken: string): string {
  const name = escapeHtml(bank);
  const reasons = ERROR_REASONS.filter((reason) => reason !== 'CANCELLED').map(
    (reason) => `<option>${reason}</option>`,
  );
  return page(
    `Sign in to ${bank}`,
    `<h1>${name}</h1>
    <p>MX asks to read your accounts at ${name}. This bank exists only in the sandbox, so no real sign-in takes place.</p>
    <form method="post" action="/oauth/decision">
      <input type="hidden" name="token" value="${escapeHtml(decisionToken)}">
      <button class="go" name="decision" value="approve">Approve</button>
      <button name="decision" value="cancel">Cancel</button>
      <fieldset><legend>Or let it fail</legend>
        <label for="reason">Reason</label>
        <select id="reason" name="reason">${reasons.join('')}</select>
        <button name="decision" value="fail">Fail</button>
      </fieldset>
    </form>`,
  );
}

/** Shown for an address that was used before, or whose member no longer exists. */
export function expiredPage(): string {
  return page(
    'This sign-in has expired',
    '<h1>This sign-in has expired</h1><p>Its link works only once. Go back and start again.</p>',
  );
}

/** The last page of a sign-in in a browser. It notifies the window that opened it, as MX's own page does. */
export function completePage(result: OauthResult): string {
  const message = {
    mx: true,
    type: `oauthComplete/${result.status}`,
    metadata: {
      member_guid: result.memberGuid,
      ...(result.reason !== null && { error_reason: result.reason }),
    },
  };
  // An unescaped "<" could end the script element.
  const data = JSON.stringify(message).replaceAll('<', '\\u003c');
  const heading = result.status === 'success' ? 'You are signed in.' : 'The sign-in did not succeed.';
  return page(
    'Sign-in complete',
    `<h1>${heading}</h1><p role="status">You can close this window.</p>
    <script>const message = ${data}; (window.opener ?? window.parent).postMessage(message, '*');</script>`,
  );
}
