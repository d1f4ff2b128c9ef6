import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

import { OF_GRAPHIQL, pageHeaders } from './headers.js';

/** GraphiQL's files, at the same relative path from `src/http` and `dist/http`. */
const ASSETS = fileURLToPath(new URL('../../dist/graphiql/', import.meta.url));

const FIRST_QUERY = `# What is the status of my connections, and what must happen next?
{
  viewer {
    members {
      id
      guid
      name
      connectionStatus
      userMessage
      requiredAction
      isTerminal
    }
  }
}
`;

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>GraphiQL: mx-member-graphql</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="/graphiql/graphiql.min.css" />
    <style>
      body { margin: 0; }
      #graphiql { height: 100vh; }
    </style>
  </head>
  <body>
    <div id="graphiql">Loading…</div>
    <script src="/graphiql/react.production.min.js"></script>
    <script src="/graphiql/react-dom.production.min.js"></script>
    <script src="/graphiql/graphiql.min.js"></script>
    <script src="/graphiql/start.js"></script>
  </body>
</html>
`;

/** A separate file, because the content security policy allows no inline scripts. */
const START = `ReactDOM.createRoot(document.getElementById('graphiql')).render(
  React.createElement(GraphiQL, {
    fetcher: GraphiQL.createFetcher({
      url: '/graphql',
      subscriptionUrl: location.origin.replace(/^http/, 'ws') + '/graphql',
    }),
    defaultQuery: ${JSON.stringify(FIRST_QUERY)},
  }),
);
`;

/** Serves GraphiQL at `/graphiql` from local files; does nothing if they have not been built. */
export async function registerGraphiql(app: FastifyInstance): Promise<void> {
  if (!existsSync(ASSETS)) {
    app.log.warn('GraphiQL is not served because its files are missing; run `npm run build`');
    return;
  }
  await app.register(fastifyStatic, { root: ASSETS, prefix: '/graphiql/', decorateReply: false });
  app.get('/graphiql/start.js', (_, reply) => reply.type('text/javascript; charset=utf-8').send(START));
  app.get('/graphiql', { helmet: pageHeaders(OF_GRAPHIQL) }, (_, reply) =>
    reply.type('text/html; charset=utf-8').send(PAGE),
  );
  if (!app.hasRoute({ method: 'GET', url: '/' })) app.get('/', (_, reply) => reply.redirect('/graphiql'));
}
