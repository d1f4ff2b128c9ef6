import { readFile } from 'node:fs/promises';

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Where `npm run dev` has the API. */
const API = 'http://127.0.0.1:4000';

/** In development the page comes from Vite, which has to say in the server's place that there is a sandbox. */
const sandboxTag: Plugin = {
  name: 'sandbox-tag',
  apply: 'serve',
  transformIndexHtml: (html) =>
    process.env['MX_BASE_URL'] ? html : html.replace('name="mx-sandbox" content="', '$&/sandbox'),
};

/** What the page asks for, beside it: it sends hashes alone, so that the server must know the texts. */
const documents: Plugin = {
  name: 'documents',
  apply: 'build',
  async generateBundle() {
    const source = await readFile(new URL('web/generated/persisted-documents.json', import.meta.url), 'utf8');
    this.emitFile({ type: 'asset', fileName: 'persisted-documents.json', source });
  },
};

export default defineConfig({
  root: 'web',
  plugins: [react(), sandboxTag, documents],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    manifest: true,
    // Data URIs in the place of files would need a looser content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: '127.0.0.1',
    proxy: {
      '/graphql': { target: API, ws: true },
      '/graphiql': API,
      '/sandbox': API,
    },
  },
});
