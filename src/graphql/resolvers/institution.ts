import type { InstitutionResolvers } from '../../generated/resolvers-types.js';
import type { MxInstitution } from '../../mx/types.js';
import { encodeNodeId } from '../node-id.js';
import { toProduct } from '../products.js';
import type { Resolved } from './resolved.js';

/** Fields that are not only properties of the institution, because they must not be as old as the others. */
type Own = Omit<MxInstitution, 'status'>;

export const Institution: Resolved<InstitutionResolvers, Own> = {
  id: ({ code }) => encodeNodeId({ type: 'Institution', code }),
  smallLogoUrl: (institution) => institution.small_logo_url,
  mediumLogoUrl: (institution) => institution.medium_logo_url,
  supportsOauth: (institution) => institution.supports_oauth,
  supportedProducts: (institution) => institution.supported_products?.map(toProduct) ?? null,
  iso: (institution) => institution.iso_country_code,
  instructionalText: (institution) => institution.instructional_text,
  instructionalSteps: (institution) => institution.instructional_text_steps,
  isDisabled: (institution) => institution.is_disabled_by_client,
  status: async (institution, _, { loaders }) => (await loaders.institutionLists.state(institution)).status,
  canConnect: async (institution, _, { loaders }) =>
    (await loaders.institutionLists.cannotConnectReason(institution)) === null,
  cannotConnectReason: (institution, _, { loaders }) =>
    loaders.institutionLists.cannotConnectReason(institution),
  forgotPasswordUrl: (institution) => institution.forgot_password_url,
  forgotUsernameUrl: (institution) => institution.forgot_username_url,
  troubleSigningInUrl: (institution) => institution.trouble_signing_in_url,
  credentialFields: ({ code }, _, { loaders }) => loaders.institutionCredentials(code),
};
