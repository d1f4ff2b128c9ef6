import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** The directives of a `Content-Security-Policy`. */
type Policy = Readonly<Record<string, readonly string[]>>;

/** Responses are data: opened as a page, they must not load or execute anything, nor be framed. */
const OF_DATA: Policy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** GraphiQL loads only its own files. Its menus add inline styles. */
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

/** The connections page loads its own files, logos of institutions, and the script of a company. */
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

/** The helmet options of a route that is a page. */
export const pageHeaders = (policy: Policy) => ({ contentSecurityPolicy: toCsp(policy) });

/** Adds security headers to all responses. */
export async function registerHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: toCsp(OF_DATA),
    frameguard: { action: 'deny' },
    // The proxy that terminates TLS decides about HSTS, because this server does not know whether there is TLS.
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', (_, reply, done) => {
    // Responses belong to one viewer, and are current only for the moment.
    void reply.header('cache-control', 'no-store');
    done();
  });
}
