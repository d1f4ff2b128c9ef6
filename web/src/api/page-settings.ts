declare global {
  interface Window {
    /** Set by the application that embeds the page: returns the bearer token of the signed-in user. */
    mxMemberToken?: () => string | null | Promise<string | null>;
    /** Set by the application that embeds the page: called when the token is no longer accepted, to get a new one. */
    mxSignIn?: () => void | Promise<void>;
  }
}

function metaContent(name: string): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content || null;
}

/** Path of the sandbox's control routes; null if the API uses the real MX. */
export const sandboxPath = metaContent('mx-sandbox');

/** URL at which end users reach support; null if there is none. */
export const supportUrl = metaContent('mx-support');

const logoOrigins = (metaContent('mx-logo-origins') ?? '').split(/\s+/).filter(Boolean);

/**
 * Returns the URL of a logo if its origin is allowed, else null, so that the browser sends no request to third parties.
 */
export function allowedLogo(url: string | null): string | null {
  if (url === null || !URL.canParse(url, location.href)) return null;
  const { protocol, origin } = new URL(url, location.href);
  return protocol === 'data:' || origin === location.origin || logoOrigins.includes(origin) ? url : null;
}

/** The bearer token of the signed-in user; null in the sandbox, which needs none. */
export async function readToken(): Promise<string | null> {
  return (await window.mxMemberToken?.()) ?? null;
}

/** The `authorization` header for the API. */
export async function authorization(): Promise<{ authorization?: string }> {
  const token = await readToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
