import { sessionStore } from './client';
import { useStore } from './store';
import type { Role } from './types';

const RANKS: Record<Role, number> = { viewer: 0, operator: 1, developer: 2, admin: 3 };

/** Whether a role may do what needs another one at least. */
export function includes(role: Role, needed: Role): boolean {
  return RANKS[role] >= RANKS[needed];
}

/** The role of who is logged in. */
export function useOwnRole(): Role {
  const state = useStore(sessionStore);
  return state.is === 'open' || state.is === 'ended' ? state.session.role : 'viewer';
}

/** Whether the user may do what needs this role at least. */
export function useRole(needed: Role): boolean {
  return includes(useOwnRole(), needed);
}
