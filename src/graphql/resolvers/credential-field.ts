import type { CredentialFieldResolvers } from '../../generated/resolvers-types.js';

export const CredentialField: Omit<CredentialFieldResolvers, '__isTypeOf'> = {
  guid: ({ guid }) => guid,
  label: ({ label }) => label,
  fieldName: (field) => field.field_name,
  type: ({ type }) => type,
  displayOrder: (field) => field.display_order,
};
