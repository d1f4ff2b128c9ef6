// Apollo Server as a first version is often written: each member asks MX for its status and its institution.
// With EVERY_FIELD_ASKS, every field that needs the status asks for itself.
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { startStandaloneServer } from '@apollo/server/standalone';
import { Pool } from 'undici';
import { isTerminal, requiredAction, statusRow, userMessage } from '../member-view.js';
import { createMx, poolOptions, typeDefs } from '../mx-client.js';

const mx = createMx(new Pool(process.env.MX_BASE_URL, poolOptions), process.env);
const everyFieldAsks = process.env.EVERY_FIELD_ASKS !== undefined;

const askStatus = (row) => mx.memberStatus(row.user_guid, row.guid);
const askInstitution = (row) => mx.institution(row.institution_code);
const onceARow = (ask, key) => (row) => (row[key] ??= ask(row));
const statusOf = everyFieldAsks ? askStatus : onceARow(askStatus, Symbol('status'));
const institutionOf = everyFieldAsks ? askInstitution : onceARow(askInstitution, Symbol('institution'));

const resolvers = {
  Query: { user: (_root, { guid }) => ({ guid }) },
  User: { members: (user) => mx.members(user.guid) },
  Member: {
    connectionStatus: async (row) => (await statusOf(row)).connection_status,
    userMessage: async (row) => {
      const [status, institution] = await Promise.all([statusOf(row), institutionOf(row)]);
      return userMessage(statusRow(status.connection_status), institution.name);
    },
    requiredAction: async (row) => {
      const status = await statusOf(row);
      return requiredAction(statusRow(status.connection_status), status.is_being_aggregated);
    },
    isTerminal: async (row) => {
      const status = await statusOf(row);
      return isTerminal(statusRow(status.connection_status), status.is_being_aggregated);
    },
    institution: institutionOf,
  },
};

const server = new ApolloServer({ typeDefs, resolvers, plugins: [ApolloServerPluginCacheControlDisabled()] });
await startStandaloneServer(server, { listen: { port: Number(process.env.PORT), host: '127.0.0.1' } });
