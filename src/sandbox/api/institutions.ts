import type { FastifyInstance, FastifyRequest } from 'fastify';
import { INSTITUTIONS } from '../model/institutions.js';
import type { Institution } from '../model/institutions.js';
import type { Product } from '../model/institution-data.js';
import { institutionOf } from '../bank/member-rules.js';
import { paginate } from './pagination.js';
import { param, requestVersion } from './request.js';
import { institutionView } from './serializers.js';

/** Lists of institutions are the only ones with a smaller largest page. */
const LARGEST_PAGE = 100;

type Query = Record<string, string | string[] | undefined>;

/** The flags by which the older version filters products. */
const FLAGS: Readonly<Record<string, Product>> = {
  supports_account_identification: 'identity_verification',
  supports_account_statement: 'statements',
  supports_account_verification: 'account_verification',
  supports_transaction_history: 'transaction_history',
};

function wantedProducts(query: Query): string[] {
  const listed = [query['supported_products'], query['supported_products[]']].flat();
  // MX's contract calls this product `history` in the filter and `transaction_history` in the answer.
  return listed
    .filter((one) => one !== undefined)
    .map((one) => (one === 'history' ? 'transaction_history' : one));
}

function matches(one: Institution, query: Query): boolean {
  const { name, iso_country_code } = query;
  if (typeof name === 'string' && !one.name.toLowerCase().includes(name.toLowerCase())) return false;
  if (iso_country_code !== undefined && one.country !== iso_country_code) return false;
  if (!wantedProducts(query).every((wanted) => one.products.some((product) => product === wanted)))
    return false;
  return Object.entries(FLAGS).every(
    ([flag, product]) => query[flag] === undefined || query[flag] === String(one.products.includes(product)),
  );
}

function institutionPage(request: FastifyRequest, rows: readonly Institution[]): unknown {
  const version = requestVersion(request);
  const found = rows.filter((one) => matches(one, request.query as Query));
  const page = paginate(found, request.query, LARGEST_PAGE);
  return { institutions: page.rows.map((one) => institutionView(one, version)), pagination: page.pagination };
}

/** Institutions and what each asks for. */
export function registerInstitutionRoutes(app: FastifyInstance): void {
  const open = INSTITUTIONS.filter((one) => !one.managed);
  app.get('/institutions', (request) => institutionPage(request, open));
  app.get('/institutions/favorites', (request) =>
    institutionPage(
      request,
      open.filter((one) => one.favorite),
    ),
  );
  app.get('/institutions/:institution', (request) => ({
    institution: institutionView(institutionOf(param(request, 'institution')), requestVersion(request)),
  }));
  app.get('/institutions/:institution/credentials', (request) => {
    const page = paginate(institutionOf(param(request, 'institution')).credentials, request.query);
    return { credentials: page.rows, pagination: page.pagination };
  });
}
