// Writes the supergraph of the OpenAPI file, with each member's institution joined on, to the file named.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

const credentials = Buffer.from(`${process.env.MX_CLIENT_ID}:${process.env.MX_API_KEY}`).toString('base64');
const logger = {
  debug() {},
  info() {},
  log() {},
  warn: console.warn,
  error: console.error,
  child: () => logger,
};

const config = {
  cwd: fileURLToPath(new URL('.', import.meta.url)),
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph('mx', {
        source: fileURLToPath(new URL('mx-stub.openapi.json', import.meta.url)),
        endpoint: process.env.MX_BASE_URL,
        operationHeaders: { authorization: `Basic ${credentials}`, 'accept-version': 'v20250224' },
      }),
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type Member {
      institution: Institution
        @resolveTo(
          sourceName: "mx"
          sourceTypeName: "Query"
          sourceFieldName: "readInstitution"
          requiredSelectionSet: "{ institution_code }"
          sourceArgs: { institution_code: "{root.institution_code}" }
          result: "institution"
        )
    }
  `,
};

writeFileSync(process.argv[2], await getComposedSchemaFromConfig(config, logger));
