import type { RouteObject } from 'react-router';
import { Frame } from './frame/Frame';
import { Failure } from './frame/Failure';
import { NoPage } from './frame/NoPage';
import { Waiting } from './shared/Waiting';

/** The pages; each one is loaded when it is first seen. */
export const routes: RouteObject[] = [
  {
    element: <Frame />,
    hydrateFallbackElement: <Waiting what="the page" />,
    errorElement: <Failure />,
    children: [
      {
        errorElement: <Failure />,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./overview/Overview')).Overview }),
          },
          {
            path: 'services',
            lazy: async () => ({ Component: (await import('./services/ServiceList')).ServiceList }),
          },
          {
            path: 'services/:name',
            lazy: async () => ({ Component: (await import('./services/ServicePage')).ServicePage }),
          },
          {
            path: 'deployments',
            lazy: async () => ({
              Component: (await import('./deployments/DeploymentList')).DeploymentList,
            }),
          },
          {
            path: 'deployments/:name',
            lazy: async () => ({
              Component: (await import('./deployments/DeploymentPage')).DeploymentPage,
            }),
          },
          {
            path: 'objects',
            lazy: async () => ({ Component: (await import('./objects/ObjectList')).ObjectList }),
          },
          {
            path: 'objects/:kind/*',
            lazy: async () => ({ Component: (await import('./objects/ObjectPage')).ObjectPage }),
          },
          { path: 'logs', lazy: async () => ({ Component: (await import('./logs/Logs')).Logs }) },
          {
            path: 'bundles',
            lazy: async () => ({ Component: (await import('./osgi/BundleList')).BundleList }),
          },
          {
            path: 'bundles/:id',
            lazy: async () => ({ Component: (await import('./osgi/BundlePage')).BundlePage }),
          },
          {
            path: 'components',
            lazy: async () => ({ Component: (await import('./osgi/ComponentList')).ComponentList }),
          },
          {
            path: 'features',
            lazy: async () => ({ Component: (await import('./osgi/FeatureList')).FeatureList }),
          },
          {
            path: 'features/:name/:version',
            lazy: async () => ({ Component: (await import('./osgi/FeaturePage')).FeaturePage }),
          },
          { path: 'jmx', lazy: async () => ({ Component: (await import('./jmx/Jmx')).Jmx }) },
          {
            path: 'shell',
            lazy: async () => ({ Component: (await import('./shell/Shell')).Shell }),
          },
          { path: '*', element: <NoPage /> },
        ],
      },
    ],
  },
];
