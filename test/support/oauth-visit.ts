/** What an end user comes back with: the page's message to its opener, or the address it redirects to. */
export interface OauthReturn {
  readonly memberGuid: string;
  readonly status: string;
  readonly errorReason: string | null;
  readonly redirect: URL | null;
}

export type OauthChoice = Readonly<{ decision: 'approve' | 'cancel' | 'fail'; reason?: string }>;

interface OauthMessage {
  readonly type: string;
  readonly metadata: { readonly member_guid: string; readonly error_reason?: string };
}

function fromRedirect(location: string): OauthReturn {
  const redirect = new URL(location);
  const { searchParams } = redirect;
  return {
    memberGuid: searchParams.get('member_guid') ?? '',
    status: searchParams.get('status') ?? '',
    errorReason: searchParams.get('error_reason'),
    redirect,
  };
}

function fromPage(html: string): OauthReturn {
  const message = JSON.parse(/const message = (\{.*\});/.exec(html)?.[1] ?? 'null') as OauthMessage;
  const { type, metadata } = message;
  return {
    memberGuid: metadata.member_guid,
    status: type.replace('oauthComplete/', ''),
    errorReason: metadata.error_reason ?? null,
    redirect: null,
  };
}

/** Opens the institution's page; the status tells whether its address still works. */
export async function openOauthPage(url: string): Promise<{ status: number; html: string }> {
  const response = await fetch(url);
  return { status: response.status, html: await response.text() };
}

/** Goes to the institution's page and presses a button of its form, as an end user does. */
export async function visitOauth(url: string, choice: OauthChoice): Promise<OauthReturn> {
  const { status, html } = await openOauthPage(url);
  if (status !== 200) throw new Error(`The page answered ${status}.`);
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1] ?? '';
  const token = /name="token" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const response = await fetch(new URL(action, url), {
    method: 'POST',
    body: new URLSearchParams({ token, ...choice }),
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  return location === null ? fromPage(await response.text()) : fromRedirect(location);
}
