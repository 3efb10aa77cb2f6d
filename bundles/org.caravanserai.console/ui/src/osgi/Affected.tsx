import { List, ListItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { AffectedBundle } from '../api/types';

/** Bundles of others that a change restarts. */
export function Affected({ affected }: { affected: AffectedBundle[] }) {
  return (
    <List>
      {affected.map((each) => (
        <ListItem key={each.id}>
          <Link to={`/bundles/${each.id}`}>
            {each.name} {each.version}
          </Link>
        </ListItem>
      ))}
    </List>
  );
}
