/** Traps make the box look sooner, and nothing else. */
export { isNotification } from './notification.ts';
export { createSooner, type Sooner } from './sooner.ts';
export { createTrapListener, type TrapListener } from './trap-listener.ts';
