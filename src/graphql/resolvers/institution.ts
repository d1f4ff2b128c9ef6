import type { InstitutionResolvers } from '../../generated/resolvers-types.js';
import type { MxInstitution } from '../../mx/types.js';
import { encodeNodeId } from '../node-id.js';
import type { Resolved } from './resolved.js';

export const Institution: Resolved<InstitutionResolvers, MxInstitution> = {
  id: ({ code }) => encodeNodeId({ type: 'Institution', code }),
  smallLogoUrl: (institution) => institution.small_logo_url,
  mediumLogoUrl: (institution) => institution.medium_logo_url,
  supportsOauth: (institution) => institution.supports_oauth,
  forgotPasswordUrl: (institution) => institution.forgot_password_url,
  forgotUsernameUrl: (institution) => institution.forgot_username_url,
  troubleSigningInUrl: (institution) => institution.trouble_signing_in_url,
  credentialFields: ({ code }, _, { loaders }) => loaders.institutionCredentials(code),
};
