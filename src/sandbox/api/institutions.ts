import type { FastifyInstance, FastifyRequest } from 'fastify';
import { INSTITUTIONS } from '../model/institutions.js';
import type { Institution } from '../model/institutions.js';
import type { Product } from '../model/institution-data.js';
import { requireInstitution } from '../bank/member-rules.js';
import type { SandboxContext } from '../bank/sandbox-context.js';
import { paginate } from './pagination.js';
import { param, requestVersion } from './request.js';
import { serializeInstitution } from './serializers.js';

/** Maximum page size of lists of institutions. Other lists allow 1,000. */
const MAX_PAGE_SIZE = 100;

type Query = Record<string, string | string[] | undefined>;

/** The flags by which the older version filters products. */
const FLAGS: Readonly<Record<string, Product>> = {
  supports_account_identification: 'identity_verification',
  supports_account_statement: 'statements',
  supports_account_verification: 'account_verification',
  supports_transaction_history: 'transaction_history',
};

function requestedProducts(query: Query): string[] {
  const listed = [query['supported_products'], query['supported_products[]']].flat();
  // MX's OpenAPI document calls this product `history` in the filter and `transaction_history` in the response.
  return listed
    .filter((one) => one !== undefined)
    .map((one) => (one === 'history' ? 'transaction_history' : one));
}

function matches(institution: Institution, query: Query): boolean {
  const { name, iso_country_code } = query;
  const products: readonly string[] = institution.products;
  if (typeof name === 'string' && !institution.name.toLowerCase().includes(name.toLowerCase())) return false;
  if (iso_country_code !== undefined && institution.country !== iso_country_code) return false;
  if (!requestedProducts(query).every((product) => products.includes(product))) return false;
  return Object.entries(FLAGS).every(
    ([flag, product]) => query[flag] === undefined || query[flag] === String(products.includes(product)),
  );
}

function institutionPage(
  context: SandboxContext,
  request: FastifyRequest,
  rows: readonly Institution[],
): unknown {
  const version = requestVersion(request);
  const found = rows.filter((one) => matches(one, request.query as Query));
  const page = paginate(found, request.query, MAX_PAGE_SIZE);
  return {
    institutions: page.rows.map((one) => serializeInstitution(context, one, version)),
    pagination: page.pagination,
  };
}

/** Routes of institutions and their credential fields. */
export function registerInstitutionRoutes(app: FastifyInstance, context: SandboxContext): void {
  const connectable = INSTITUTIONS.filter((one) => !one.managed);
  app.get('/institutions', (request) => institutionPage(context, request, connectable));
  app.get('/institutions/favorites', (request) =>
    institutionPage(
      context,
      request,
      connectable.filter((one) => one.favorite),
    ),
  );
  app.get('/institutions/:institution', (request) => ({
    institution: serializeInstitution(
      context,
      requireInstitution(param(request, 'institution')),
      requestVersion(request),
    ),
  }));
  app.get('/institutions/:institution/credentials', (request) => {
    const page = paginate(requireInstitution(param(request, 'institution')).credentials, request.query);
    return { credentials: page.rows, pagination: page.pagination };
  });
}
