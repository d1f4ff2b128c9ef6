declare global {
  interface Window {
    /** Set by the application that embeds the page: the bearer token of who is signed in. */
    mxMemberToken?: () => string | null | Promise<string | null>;
    /** Set by the application that embeds the page: gets another token when the last one is not good any more. */
    mxSignIn?: () => void | Promise<void>;
  }
}

function metaContent(name: string): string | null {
  return document.querySelector<HTMLMetaElement>(`meta[name="${name}"]`)?.content || null;
}

/** Where the switches of the sandbox are; null where the real MX is behind the API. */
export const sandboxPath = metaContent('mx-sandbox');

/** Where an end user reaches support; null where that is not said. */
export const supportUrl = metaContent('mx-support');

const logoOrigins = (metaContent('mx-logo-origins') ?? '').split(/\s+/).filter(Boolean);

/** A logo that may be fetched; null for one that would have the browser call on a stranger. */
export function allowedLogo(url: string | null): string | null {
  if (url === null || !URL.canParse(url, location.href)) return null;
  const { protocol, origin } = new URL(url, location.href);
  return protocol === 'data:' || origin === location.origin || logoOrigins.includes(origin) ? url : null;
}

/** The bearer token of who is signed in; null in the sandbox, which needs none. */
export async function readToken(): Promise<string | null> {
  return (await window.mxMemberToken?.()) ?? null;
}

/** The token as the API takes it. */
export async function authorization(): Promise<{ authorization?: string }> {
  const token = await readToken();
  return token === null ? {} : { authorization: `Bearer ${token}` };
}
