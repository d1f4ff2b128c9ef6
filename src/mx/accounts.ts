import { readAccountList } from './account-list.js';
import { unwrap } from './answers.js';
import { MxError } from './errors.js';
import { createPageReader } from './page-reader.js';
import type { Send } from './page-reader.js';
import { foreignOwner } from './member-list.js';
import { isJson } from './parse.js';
import { parseAccount } from './parse-account.js';
import { encode, get, write } from './requests.js';
import type { MxAccount, MxNewAccount } from './types.js';

const TEMPLATE = '/users/:user/accounts';
/** MX's maximum page size of the list of accounts. MX silently replaces a larger one by 25. */
const ACCOUNTS_PER_PAGE = 1_000;

/** The endpoints of accounts. All calls reject with `MxError`. */
export class MxAccounts {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Lists the accounts of all members of a user, in one request per page. Rejects with `malformed` if MX's answer is no
   * list, or not the whole one.
   */
  list(userGuid: string): Promise<MxAccount[]> {
    const path = `/users/${encode(userGuid)}/accounts?records_per_page=${ACCOUNTS_PER_PAGE}`;
    const endpoint = `GET ${TEMPLATE}`;
    const readPage = createPageReader(this.#send, 'accounts', endpoint);
    return readAccountList(userGuid, endpoint, (page) =>
      readPage(get(TEMPLATE, page === 1 ? path : `${path}&page=${page}`)),
    );
  }

  /** Creates a manual account. Not retried. */
  async create(userGuid: string, account: MxNewAccount): Promise<MxAccount> {
    const path = `/users/${encode(userGuid)}/accounts`;
    const request = write('POST', TEMPLATE, { path, body: { account } });
    const row = unwrap((await this.#send(request)).body, 'account', request.endpoint);
    const created = parseAccount(row, userGuid);
    if (!created || !isJson(row) || foreignOwner(row, userGuid) !== null)
      throw new MxError('malformed', { endpoint: request.endpoint });
    return created;
  }
}
