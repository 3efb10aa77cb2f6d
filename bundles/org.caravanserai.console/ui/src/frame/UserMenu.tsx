import {
  Dropdown,
  DropdownGroup,
  DropdownItem,
  DropdownList,
  Divider,
  MenuToggle,
} from '@patternfly/react-core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { logOut, sessionStore } from '../api/client';
import { useStore } from '../api/store';
import { useReadOnly } from '../api/readOnly';
import { includes } from '../api/roles';
import { useNotices } from './Notices';
import { BeginReadOnly } from './ReadOnlyBanner';
import { chooseTheme, themeStore, type Theme } from './theme';

const THEMES: Record<Theme, string> = {
  light: 'Light',
  dark: 'Dark',
  system: 'As the system',
};

/** Who is logged in, with which role; theme; log-out. */
export function UserMenu() {
  const [isOpen, setOpen] = useState(false);
  const [isProtecting, setProtecting] = useState(false);
  const { isReadOnly } = useReadOnly();
  const theme = useStore(themeStore);
  const state = useStore(sessionStore);
  const notify = useNotices();
  const navigate = useNavigate();
  if (state.is !== 'open' && state.is !== 'ended') {
    return null;
  }
  const { username, role } = state.session;
  const leave = () =>
    logOut().catch((failure: unknown) => notify('danger', `Not logged out: ${String(failure)}`));

  return (
    <>
      <Dropdown
        isOpen={isOpen}
        onOpenChange={setOpen}
        popperProps={{ position: 'end' }}
        toggle={(ref) => (
          <MenuToggle ref={ref} isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {username} ({role})
          </MenuToggle>
        )}
      >
        <DropdownGroup label="Theme" labelHeadingLevel="h2">
          <DropdownList>
            {(Object.keys(THEMES) as Theme[]).map((each) => (
              <DropdownItem
                key={each}
                isSelected={each === theme}
                onClick={() => {
                  chooseTheme(each);
                  setOpen(false);
                }}
              >
                {THEMES[each]}
              </DropdownItem>
            ))}
          </DropdownList>
        </DropdownGroup>
        <Divider />
        <DropdownList>
          <DropdownItem
            onClick={() => {
              setOpen(false);
              void navigate('/account');
            }}
          >
            Change your password
          </DropdownItem>
          {includes(role, 'admin') && !isReadOnly && (
            <DropdownItem
              onClick={() => {
                setOpen(false);
                setProtecting(true);
              }}
            >
              Make the server read-only
            </DropdownItem>
          )}
          <DropdownItem onClick={() => void leave()}>Log out</DropdownItem>
        </DropdownList>
      </Dropdown>
      {isProtecting && <BeginReadOnly onClose={() => setProtecting(false)} />}
    </>
  );
}
