import { ApolloProvider } from '@apollo/client/react';
import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';

import { createApiClient } from './api/client.js';
import { applyTheme, preferences } from './api/preferences.js';
import { ConnectionsPage } from './connections-page.js';
import { I18nProvider } from './components/i18n.js';
import './styles/tokens.css';
import './styles/base.css';
import './styles/components.css';
import './styles/page.css';
import './styles/connections.css';

const Gallery = lazy(() => import('./gallery.js').then((module) => ({ default: module.Gallery })));

applyTheme(preferences.get());

const root = document.getElementById('root');
if (!root) throw new Error('Element #root not found.');
createRoot(root).render(
  <ApolloProvider client={createApiClient()}>
    <I18nProvider>
      <Suspense fallback={null}>
        {location.pathname === '/gallery' ? <Gallery /> : <ConnectionsPage />}
      </Suspense>
    </I18nProvider>
  </ApolloProvider>,
);
