import {
  Banner,
  Button,
  Masthead,
  MastheadBrand,
  MastheadContent,
  MastheadLogo,
  MastheadMain,
  MastheadToggle,
  Nav,
  NavGroup,
  NavItem,
  Page,
  PageSidebar,
  PageSidebarBody,
  PageToggleButton,
  SkipToContent,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import SearchIcon from '@patternfly/react-icons/dist/esm/icons/search-icon';
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Link, NavLink, Outlet, useLocation } from 'react-router';
import { reachableStore } from '../api/client';
import { useEvents } from '../api/events';
import { READ_ONLY } from '../api/readOnly';
import { includes, useOwnRole } from '../api/roles';
import { useStore } from '../api/store';
import type { Role } from '../api/types';
import { Mark } from './Mark';
import { ReadOnlyBanner } from './ReadOnlyBanner';
import { UserMenu } from './UserMenu';

const Find = lazy(async () => ({ default: (await import('./Find')).Find }));

interface PageLink {
  to: string;
  title: string;
  /** Who may look at it; everybody if there is none. */
  role?: Role;
}

/** The pages that the navigation leads to, in groups. */
const GROUPS: { title: string; pages: PageLink[] }[] = [
  {
    title: 'Build',
    pages: [
      { to: '/', title: 'Overview' },
      { to: '/services', title: 'Services' },
      { to: '/ide', title: 'IDE' },
      { to: '/deployments', title: 'Deployments' },
      { to: '/objects', title: 'Objects' },
      { to: '/configuration', title: 'Configuration' },
      { to: '/secrets', title: 'Secrets', role: 'operator' },
    ],
  },
  {
    title: 'Run',
    pages: [
      { to: '/routes', title: 'Camel routes' },
      { to: '/pubsub', title: 'Pub/sub' },
      { to: '/scheduler', title: 'Scheduler' },
      { to: '/caches', title: 'Caches' },
      { to: '/logs', title: 'Logs' },
      { to: '/charts', title: 'Metrics' },
    ],
  },
  {
    title: 'Server',
    pages: [
      { to: '/bundles', title: 'Bundles' },
      { to: '/features', title: 'Features' },
      { to: '/components', title: 'Components' },
      { to: '/jmx', title: 'JMX' },
      { to: '/shell', title: 'Shell' },
      { to: '/users', title: 'Users', role: 'admin' },
      { to: '/audit', title: 'Audit', role: 'admin' },
    ],
  },
];

/** The groups with the pages that lead somewhere for who is logged in. */
function useGroups() {
  const role = useOwnRole();
  return GROUPS.map(({ title, pages }) => ({
    title,
    pages: pages.filter((page) => includes(role, page.role ?? 'viewer')),
  }));
}

/** The pages that lead somewhere for who is logged in. */
export function usePages() {
  return useGroups().flatMap((group) => group.pages);
}

const MAIN = 'main';

/** What is around every page. */
export function Frame() {
  const [isFinding, setFinding] = useState(false);
  const isReachable = useStore(reachableStore);
  useServerEvents();
  useFindKey(() => setFinding(true));
  useFocusOnNewPage();

  return (
    <>
      {!isReachable && (
        <Banner color="orange" screenReaderText="Warning" role="status">
          The server does not answer. The page goes on as soon as it is back.
        </Banner>
      )}
      <ReadOnlyBanner />
      <Page
        className="serai-page"
        mainContainerId={MAIN}
        mainAriaLabel="Page"
        isManagedSidebar
        isContentFilled
        skipToContent={<SkipToContent href={`#${MAIN}`}>Skip to content</SkipToContent>}
        masthead={<Head onFind={() => setFinding(true)} />}
        sidebar={<Side />}
      >
        <Outlet />
      </Page>
      {isFinding && (
        <Suspense fallback={null}>
          <Find onClose={() => setFinding(false)} />
        </Suspense>
      )}
    </>
  );
}

function Head({ onFind }: { onFind: () => void }) {
  return (
    <Masthead>
      <MastheadMain>
        <MastheadToggle>
          <PageToggleButton isHamburgerButton aria-label="Navigation" />
        </MastheadToggle>
        <MastheadBrand>
          <MastheadLogo component={(props) => <Link {...props} to="/" />} className="serai-brand">
            <Mark /> Caravanserai
          </MastheadLogo>
        </MastheadBrand>
      </MastheadMain>
      <MastheadContent>
        <Toolbar isStatic>
          <ToolbarContent>
            <ToolbarGroup align={{ default: 'alignEnd' }}>
              <ToolbarItem>
                <Button variant="control" icon={<SearchIcon />} onClick={onFind}>
                  Find <kbd>Ctrl K</kbd>
                </Button>
              </ToolbarItem>
              <ToolbarItem>
                <UserMenu />
              </ToolbarItem>
            </ToolbarGroup>
          </ToolbarContent>
        </Toolbar>
      </MastheadContent>
    </Masthead>
  );
}

function Side() {
  const { pathname } = useLocation();
  return (
    <PageSidebar>
      <PageSidebarBody>
        <Nav aria-label="Pages">
          {useGroups().map((group) => (
            <NavGroup key={group.title} title={group.title}>
              {group.pages.map(({ to, title }) => (
                <NavItem
                  key={to}
                  isActive={to === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${to}/`)}
                >
                  <NavLink to={to}>{title}</NavLink>
                </NavItem>
              ))}
            </NavGroup>
          ))}
        </Nav>
      </PageSidebarBody>
    </PageSidebar>
  );
}

/** What the server tells of by itself is asked for anew at once. */
function useServerEvents() {
  const queries = useQueryClient();
  useEvents('?types=deployment,health', true, {
    on: {
      deployment: () => void queries.invalidateQueries(),
      health: () => {
        void queries.invalidateQueries({ queryKey: ['health'] });
        void queries.invalidateQueries({ queryKey: READ_ONLY });
      },
    },
  });
}

function useFindKey(onFind: () => void) {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        onFind();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  });
}

/** A screen reader is told of a new page by the focus, as it is when a browser loads one. */
function useFocusOnNewPage() {
  const { pathname } = useLocation();
  const [first] = useState(pathname);
  useEffect(() => {
    if (pathname !== first) {
      document.getElementById(MAIN)?.focus();
    }
  }, [pathname, first]);
}
