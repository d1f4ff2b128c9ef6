const EVENT = 'cursor memberGuid previousStatus connectionStatus isTerminal cause observedAt';
const MEMBER = 'member { id connectionStatus userMessage requiredAction isTerminal }';

/** What a frontend asks to be told. */
export const WITH_MEMBER = `subscription { memberStatusChanged { ${EVENT} ${MEMBER} } }`;
export const WITHOUT_MEMBER = `subscription { memberStatusChanged { ${EVENT} } }`;
export const WATCHING = `subscription { memberStatusChanged { ${EVENT} isBeingAggregated ${MEMBER} } }`;

export const AGGREGATE = `mutation ($guid: String!) { aggregateMember(input: { member: { guid: $guid } }) {
  member { id connectionStatus isBeingAggregated userMessage } userErrors { code message } } }`;
