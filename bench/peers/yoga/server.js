// GraphQL Yoga with a DataLoader per request and graphql-jit; KEEP_INSTITUTIONS as in apollo-dataloader.
import { createServer } from 'node:http';
import { useGraphQlJit } from '@envelop/graphql-jit';
import DataLoader from 'dataloader';
import { createSchema, createYoga } from 'graphql-yoga';
import { Pool } from 'undici';
import { member, roots } from '../member-resolvers.js';
import { createMx, poolOptions, typeDefs } from '../mx-client.js';

const mx = createMx(new Pool(process.env.MX_BASE_URL, poolOptions), process.env);
const institutionLoader = () => new DataLoader((codes) => Promise.all(codes.map(mx.institution)));
const kept = process.env.KEEP_INSTITUTIONS === undefined ? undefined : institutionLoader();

const yoga = createYoga({
  schema: createSchema({ typeDefs, resolvers: { ...roots, Member: member } }),
  context: () => {
    const loader = kept ?? institutionLoader();
    return { mx, institution: (code) => loader.load(code) };
  },
  plugins: [useGraphQlJit()],
  logging: false,
  graphiql: false,
  landingPage: false,
});

createServer(yoga).listen(Number(process.env.PORT), '127.0.0.1');
