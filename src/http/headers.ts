import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** What a page may load, as `Content-Security-Policy` has it. */
type Policy = Readonly<Record<string, readonly string[]>>;

/** Answers are data: as a page, none may load or run anything, nor be shown in another's frame. */
const OF_DATA: Policy = {
  defaultSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** GraphiQL runs its own files and nothing else; its menus write styles into the page as they open. */
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
  /** Of the company's own script, which may ask there for tokens. */
  readonly scriptOrigins: readonly string[];
}

/** The connections page loads what was built with it, logos of institutions, and a script of the company's. */
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

/** What a route that is a page says of itself. */
export const pageHeaders = (policy: Policy) => ({ contentSecurityPolicy: toCsp(policy) });

/** Has each answer say what a browser may do with it. */
export async function registerHeaders(app: FastifyInstance): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: toCsp(OF_DATA),
    frameguard: { action: 'deny' },
    // Whether a host is to be asked by TLS alone is said by what ends TLS before us: here it is not known.
    strictTransportSecurity: false,
  });
  app.addHook('onRequest', (_, reply, done) => {
    // What is answered is somebody's own, and of this moment.
    void reply.header('cache-control', 'no-store');
    done();
  });
}
