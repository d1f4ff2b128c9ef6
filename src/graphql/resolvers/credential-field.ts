import type { CredentialFieldResolvers } from '../../generated/resolvers-types.js';
import type { MxCredential } from '../../mx/types.js';
import { encodePartId } from '../node-id.js';
import type { Resolved } from './resolved.js';

export const CredentialField: Resolved<CredentialFieldResolvers, MxCredential> = {
  id: ({ guid }) => encodePartId('CredentialField', guid),
  fieldName: (field) => field.field_name,
  displayOrder: (field) => field.display_order,
};
