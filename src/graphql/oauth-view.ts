import { toOauthView } from '../status/status.js';
import type { MemberView } from '../status/status.js';
import type { ObservedMember } from '../status/observed-member.js';
import type { MxCredential } from '../mx/types.js';
import type { MaybePromise } from '../cache/cache.js';
import type { Loaders } from './loaders.js';

/** The code of the institution if the member's row asks for credentials; else null. */
export function credentialsCodeOf({ view, member }: Pick<ObservedMember, 'view' | 'member'>): string | null {
  return view.requiredAction === 'UPDATE_CREDENTIALS' ? member.institution_code : null;
}

/**
 * The credential fields of an institution; null if it has moved to OAuth: it supports OAuth and has no fields. The
 * institution is only read if there are no fields. Rejects as MX does.
 */
export async function fieldsOf(code: string, loaders: Loaders): Promise<readonly MxCredential[] | null> {
  const fields = await loaders.institutionCredentials(code);
  if (fields.length > 0) return fields;
  return (await loaders.institution(code)).supports_oauth ? null : fields;
}

/** True if the institution has moved to OAuth. False if that cannot be read. */
export async function hasMovedToOauth(code: string, loaders: Loaders): Promise<boolean> {
  return fieldsOf(code, loaders).then(
    (fields) => fields === null,
    () => false,
  );
}

/**
 * How the member is interpreted. A member with credentials at an institution that has moved to OAuth since must be
 * authorized there. Most institutions need no read beyond their own, which a page of members needs for their names.
 */
export function viewOf(
  parent: Pick<ObservedMember, 'view' | 'member'>,
  loaders: Loaders,
): MaybePromise<MemberView> {
  const code = credentialsCodeOf(parent);
  if (code === null) return parent.view;
  const institution = loaders.institution(code);
  if (!(institution instanceof Promise) && !institution.supports_oauth) return parent.view;
  return toOauthViewIfMoved(parent.view, code, loaders);
}

async function toOauthViewIfMoved(view: MemberView, code: string, loaders: Loaders): Promise<MemberView> {
  try {
    const { supports_oauth } = await loaders.institution(code);
    return supports_oauth && (await hasMovedToOauth(code, loaders)) ? toOauthView(view) : view;
  } catch {
    return view;
  }
}
