// Its documented means of speed: jit and, with KEEP_INSTITUTIONS, HTTP caching of what upstream lets be cached.
import { defineConfig, useHttpCache } from '@graphql-hive/gateway';

const institutions = `${process.env.MX_BASE_URL}/institutions/*`;
const keepsInstitutions = process.env.KEEP_INSTITUTIONS !== undefined;

export const gatewayConfig = defineConfig({
  cache: { type: 'localforage' },
  jit: true,
  logging: 'warn',
  graphiql: false,
  landingPage: false,
  plugins: (context) => (keepsInstitutions ? [useHttpCache({ ...context, matches: [institutions] })] : []),
});
