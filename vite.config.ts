import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

/** Where `npm run dev` has the API. */
const API = 'http://127.0.0.1:4000';

/** In development the page comes from Vite, which has to say in the server's place that there is a sandbox. */
const sandboxTag: Plugin = {
  name: 'sandbox-tag',
  apply: 'serve',
  transformIndexHtml: () => [
    { tag: 'meta', attrs: { name: 'mx-sandbox', content: '/sandbox' }, injectTo: 'head' },
  ],
};

export default defineConfig({
  root: 'web',
  plugins: [react(), sandboxTag],
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
      '/graphql': { target: API, ws: true, changeOrigin: true },
      '/graphiql': API,
      '/sandbox': API,
    },
  },
});
