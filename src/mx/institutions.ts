import { toCredentialList, toInstitution } from './answers.js';
import { readInstitutionPage } from './institution-list.js';
import { createPageReader } from './page-reader.js';
import type { Send } from './page-reader.js';
import { encode, get } from './requests.js';
import type { MxCredentialList, MxInstitution, MxInstitutionPage } from './types.js';

/** The endpoints of institutions. All calls reject with `MxError`. */
export class MxInstitutions {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /** Reads an institution by its code. */
  async read(code: string): Promise<MxInstitution> {
    const request = get('/institutions/:code', `/institutions/${encode(code)}`);
    return toInstitution((await this.#send(request)).body, request.endpoint);
  }

  /** Lists the credential fields that an institution requires. Rejects with `malformed` if some cannot be read. */
  async credentials(code: string): Promise<MxCredentialList> {
    const path = `/institutions/${encode(code)}/credentials?records_per_page=100`;
    const request = get('/institutions/:code/credentials', path);
    return toCredentialList((await this.#send(request)).body, request.endpoint);
  }

  /** Searches institutions by name and returns one page of them, starting at page 1. */
  search(name: string, page: number): Promise<MxInstitutionPage> {
    return this.#page('/institutions', page, name === '' ? {} : { name });
  }

  /** Lists the institutions that MX has set up as favorites, by popularity: one page of them, starting at page 1. */
  favorites(page: number): Promise<MxInstitutionPage> {
    return this.#page('/institutions/favorites', page, {});
  }

  #page(path: string, page: number, filter: Readonly<Record<string, string>>): Promise<MxInstitutionPage> {
    const endpoint = `GET ${path}`;
    const readPage = createPageReader(this.#send, 'institutions', endpoint);
    return readInstitutionPage(page, endpoint, (number, size) => {
      const query = new URLSearchParams({ page: String(number), records_per_page: String(size), ...filter });
      return readPage(get(path, `${path}?${query.toString()}`));
    });
  }
}
