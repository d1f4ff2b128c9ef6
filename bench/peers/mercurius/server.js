// Mercurius with its loaders and its jit. A loader sees the members of a page at once and asks for each
// institution once; `cache: false`, because the loader's own cache serialises every row to make a key.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { Pool } from 'undici';
import { member, roots } from '../member-resolvers.js';
import { createMx, poolOptions, typeDefs } from '../mx-client.js';

const mx = createMx(new Pool(process.env.MX_BASE_URL, poolOptions), process.env);
const kept = process.env.KEEP_INSTITUTIONS === undefined ? undefined : new Map();

function context() {
  const asked = kept ?? new Map();
  const institution = (code) => {
    if (!asked.has(code)) asked.set(code, mx.institution(code));
    return asked.get(code);
  };
  return { mx, institution };
}

const loaders = {
  Member: {
    institution: {
      loader: (queries, { institution }) =>
        Promise.all(queries.map(({ obj }) => institution(obj.institution_code))),
      opts: { cache: false },
    },
  },
};

const { institution: _byLoader, ...fields } = member;
const app = Fastify();
app.register(mercurius, {
  schema: typeDefs,
  resolvers: { ...roots, Member: fields },
  loaders,
  context,
  jit: 1,
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
