// Apollo Server with a DataLoader per request; with KEEP_INSTITUTIONS the institutions outlive the request.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import DataLoader from 'dataloader';
import { Pool } from 'undici';
import { member, roots } from '../member-resolvers.js';
import { createMx, poolOptions, typeDefs } from '../mx-client.js';

const mx = createMx(new Pool(process.env.MX_BASE_URL, poolOptions), process.env);
const institutionLoader = () => new DataLoader((codes) => Promise.all(codes.map(mx.institution)));
const kept = process.env.KEEP_INSTITUTIONS === undefined ? undefined : institutionLoader();

const context = async () => {
  const loader = kept ?? institutionLoader();
  return { mx, institution: (code) => loader.load(code) };
};

const server = new ApolloServer({
  typeDefs,
  resolvers: { ...roots, Member: member },
  plugins: [ApolloServerPluginCacheControlDisabled()],
});
await startStandaloneServer(server, {
  context,
  listen: { port: Number(process.env.PORT), host: '127.0.0.1' },
});
