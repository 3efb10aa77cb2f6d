import { Nav, NavItem, NavList } from '@patternfly/react-core';
import { NavLink, useLocation } from 'react-router';

interface Props {
  label: string;
  pages: { to: string; title: string }[];
}

/** The pages of one area, beside each other. */
export function Subpages({ label, pages }: Props) {
  const { pathname } = useLocation();
  return (
    <Nav variant="horizontal-subnav" aria-label={label} className="serai-subpages">
      <NavList>
        {pages.map(({ to, title }) => (
          <NavItem key={to} isActive={pathname === to}>
            <NavLink to={to} end>
              {title}
            </NavLink>
          </NavItem>
        ))}
      </NavList>
    </Nav>
  );
}
