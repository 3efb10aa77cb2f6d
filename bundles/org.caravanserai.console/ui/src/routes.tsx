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
            path: 'objects/new',
            lazy: async () => ({ Component: (await import('./objects/NewObject')).ChooseKind }),
          },
          {
            path: 'objects/new/:kind',
            lazy: async () => ({ Component: (await import('./objects/NewObject')).NewObject }),
          },
          {
            path: 'objects/:kind/*',
            lazy: async () => ({ Component: (await import('./objects/ObjectPage')).ObjectPage }),
          },
          { path: 'ide/*', lazy: async () => ({ Component: (await import('./ide/Ide')).Ide }) },
          {
            path: 'charts',
            lazy: async () => ({ Component: (await import('./metrics/MetricsPage')).MetricsPage }),
          },
          {
            path: 'configuration',
            lazy: async () => ({
              Component: (await import('./configuration/Configuration')).Configuration,
            }),
          },
          {
            path: 'secrets',
            lazy: async () => ({
              Component: (await import('./configuration/SecretsPage')).SecretsPage,
            }),
          },
          {
            path: 'users',
            lazy: async () => ({ Component: (await import('./users/Users')).Users }),
          },
          {
            path: 'account',
            lazy: async () => ({ Component: (await import('./users/Account')).Account }),
          },
          {
            path: 'audit',
            lazy: async () => ({ Component: (await import('./audit/AuditPage')).AuditPage }),
          },
          {
            path: 'routes',
            lazy: async () => ({ Component: (await import('./camel/RouteList')).RouteList }),
          },
          {
            path: 'routes/*',
            lazy: async () => ({ Component: (await import('./camel/RoutePage')).RoutePage }),
          },
          {
            path: 'pubsub',
            lazy: async () => ({ Component: (await import('./pubsub/TopicList')).TopicList }),
          },
          {
            path: 'pubsub/topics/:name',
            lazy: async () => ({ Component: (await import('./pubsub/TopicPage')).TopicPage }),
          },
          {
            path: 'pubsub/queues',
            lazy: async () => ({ Component: (await import('./pubsub/QueueList')).QueueList }),
          },
          {
            path: 'pubsub/queues/*',
            lazy: async () => ({ Component: (await import('./pubsub/QueuePage')).QueuePage }),
          },
          {
            path: 'pubsub/replays',
            lazy: async () => ({ Component: (await import('./pubsub/ReplayList')).ReplayList }),
          },
          {
            path: 'scheduler',
            lazy: async () => ({ Component: (await import('./scheduler/JobList')).JobList }),
          },
          {
            path: 'scheduler/jobs/:name',
            lazy: async () => ({ Component: (await import('./scheduler/JobPage')).JobPage }),
          },
          {
            path: 'scheduler/runs',
            lazy: async () => ({ Component: (await import('./scheduler/RunList')).RunList }),
          },
          {
            path: 'scheduler/runs/:number',
            lazy: async () => ({ Component: (await import('./scheduler/RunPage')).RunPage }),
          },
          {
            path: 'scheduler/preview',
            lazy: async () => ({ Component: (await import('./scheduler/Preview')).Preview }),
          },
          {
            path: 'caches',
            lazy: async () => ({ Component: (await import('./caches/CacheList')).CacheList }),
          },
          {
            path: 'caches/*',
            lazy: async () => ({ Component: (await import('./caches/CachePage')).CachePage }),
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
