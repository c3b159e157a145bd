/** Who may do what on the box. */
export { SHORTEST_PASSWORD } from './password.ts';
export { createPeople, type People, type Person } from './people.ts';
export { createSessions, IDLE_LIMIT, type Sessions } from './sessions.ts';
