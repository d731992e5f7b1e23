import './page.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { Fragment, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Problem } from './api/client';
import { startLanguage, useLanguage } from './i18n';
import { Toasts } from './kit/toast';
import { loadAhead, makeRouter } from './router';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (count, error) => !(error instanceof Problem && error.refused) && count < 2,
      networkMode: 'always', // a server in the same house is there without the internet
    },
    mutations: { networkMode: 'always' },
  },
});
const router = makeRouter(queries);
loadAhead(router);

function Page() {
  const language = useLanguage();
  return (
    <Fragment key={language}>
      <RouterProvider router={router} />
      <Toasts />
    </Fragment>
  );
}

void startLanguage().then(() =>
  createRoot(document.getElementById('page')!).render(
    <StrictMode>
      <QueryClientProvider client={queries}>
        <Page />
      </QueryClientProvider>
    </StrictMode>,
  ),
);
