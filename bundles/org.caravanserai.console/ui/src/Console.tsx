import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { Problem } from './api/client';
import { Notices } from './frame/Notices';
import { Gate } from './session/Gate';
import { routes } from './routes';

/** A query client whose refusals are final, and whose answers are asked for anew when they are looked at. */
export function queryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, failure) => !(failure instanceof Problem) && failures < 2,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** The console. */
export function Console() {
  const [client] = useState(queryClient);
  const [router] = useState(() => createBrowserRouter(routes));
  return (
    <QueryClientProvider client={client}>
      <Notices>
        <Gate>
          <RouterProvider router={router} />
        </Gate>
      </Notices>
    </QueryClientProvider>
  );
}
