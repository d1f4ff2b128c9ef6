import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** Value of `Content-Security-Policy`. */
type Policy = Readonly<Record<string, readonly string[]>>;

/** API responses are data: as a page they may load nothing and not be framed. */
const OF_DATA: Policy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** GraphiQL runs only its own files. Its menus set inline styles. */
export const OF_GRAPHIQL: Policy = {
  ...OF_DATA,
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
};

interface PageSources {
  readonly logoOrigins: readonly string[];
  /** The origin of the company's own script, which may fetch tokens from there. */
  readonly scriptOrigins: readonly string[];
}

/** The connections page loads its own files, logos of institutions and the company's script. */
export const policyOfPage = ({ logoOrigins, scriptOrigins }: PageSources): Policy => ({
  ...OF_DATA,
  scriptSrc: ["'self'", ...scriptOrigins],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:', ...logoOrigins],
  connectSrc: ["'self'", ...scriptOrigins],
});

const toCsp = (policy: Policy) => ({
  useDefaults: false,
  directives: Object.fromEntries(Object.entries(policy).map(([name, sources]) => [name, [...sources]])),
});

/** Security headers of a route that serves a page. */
export const pageHeaders = (policy: Policy) => ({ contentSecurityPolicy: toCsp(policy) });

/** Adds security headers to every response. */
export async function registerHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: toCsp(OF_DATA),
    frameguard: { action: 'deny' },
    // `Strict-Transport-Security` is set by the proxy that terminates TLS.
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', (_, reply, done) => {
    // Responses are private and current: never cached.
    void reply.header('cache-control', 'no-store');
    done();
  });
}
