import type { Import } from './imports.js';

/**
 * How high a file stands in the house; an import may point down or to the side, never up. Files of a folder stand
 * together; a file right under `src` has a place of its own, and a new one is given one here.
 */
const HEIGHTS: Readonly<Record<string, number>> = {
  'main.ts': 90,
  doctor: 90,
  'server.ts': 80,
  transports: 70,
  graphql: 60,
  mutations: 50,
  live: 50,
  http: 50,
  cache: 40,
  telemetry: 40,
  backplane: 30,
  'auth.ts': 30,
  messages: 30,
  status: 20,
  errors: 20,
  mx: 10,
  config: 10,
};

/** Stand outside of the order and have rules of their own. */
const APART: readonly string[] = ['generated', 'sandbox'];

/** What a file counts as: its folder, or itself right under `src`. */
export const placeOf = (path: string): string => path.split('/')[0] ?? path;

export const isPlaced = (path: string): boolean =>
  APART.includes(placeOf(path)) || HEIGHTS[placeOf(path)] !== undefined;

type Rule = (one: Import) => string | false;

const pointsUp: Rule = ({ from, to }) => {
  const [here, there] = [HEIGHTS[placeOf(from)], HEIGHTS[placeOf(to)]];
  return here !== undefined && there !== undefined && there > here && 'points up';
};

/** Errors and who asks are the business of what faces the client, not of what faces MX. */
const facesTheClient: Rule = ({ from, to }) =>
  (to === 'auth.ts' || placeOf(to) === 'errors') &&
  ['mx', 'cache', 'backplane', 'status', 'config', 'messages'].includes(placeOf(from)) &&
  'is not for this part';

const standsAlone: Rule = ({ from, to }) => {
  if (placeOf(from) === 'mx') return placeOf(to) !== 'mx' && 'mx imports nothing of ours';
  if (placeOf(from) === 'config') return placeOf(to) !== 'config' && 'config imports nothing of ours';
  if (from === 'status/table.ts') return 'the table imports nothing of ours';
  return placeOf(from) === 'sandbox' && placeOf(to) !== 'sandbox' && 'the sandbox imports nothing of ours';
};

const onlyTypes: Rule = ({ from, to, isTypeOnly }) => {
  if (isTypeOnly) return false;
  if (placeOf(from) === 'generated') return 'generated code imports types only';
  if (placeOf(to) === 'generated') return 'generated code is types only';
  return placeOf(from) === 'status' && placeOf(to) === 'mx' && 'status knows mx by types only';
};

const onlyMainHasTheSandbox: Rule = ({ from, to }) =>
  placeOf(to) === 'sandbox' && !['main.ts', 'sandbox'].includes(placeOf(from)) && 'only main has the sandbox';

const onlyStartReadsSettings: Rule = ({ from, to, isTypeOnly }) =>
  placeOf(to) === 'config' &&
  !isTypeOnly &&
  !['config', 'main.ts', 'doctor', 'messages/messages.ts', 'graphql/trusted-documents.ts'].includes(
    from.includes('/') && ['messages', 'graphql'].includes(placeOf(from)) ? from : placeOf(from),
  ) &&
  'settings are handed down, not fetched';

const RULES: readonly Rule[] = [
  pointsUp,
  facesTheClient,
  standsAlone,
  onlyTypes,
  onlyMainHasTheSandbox,
  onlyStartReadsSettings,
];

/** Packages that one part keeps to itself, so that all others could do without. */
const OWNERS: Readonly<Record<string, RegExp>> = {
  ioredis: /^backplane\/redis\/client\.ts$/,
  'prom-client': /^telemetry\/metrics[\w-]*\.ts$/,
  '@opentelemetry/api': /^telemetry\/tracing\.ts$/,
};

/** What is wrong with an import, one line per broken rule. */
export function faultsOf(one: Import): string[] {
  if (!one.isOurs) {
    const owner = OWNERS[one.to];
    return !owner || owner.test(one.from) ? [] : [`${one.from} -> ${one.to}: only ${owner.source} may`];
  }
  return RULES.flatMap((rule) => {
    const fault = rule(one);
    return fault === false ? [] : [`${one.from} -> ${one.to}: ${fault}`];
  });
}
