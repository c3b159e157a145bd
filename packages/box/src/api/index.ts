/** The box's local page and its API. */
export type { Access, RouteEntry } from './access.ts';
export { buildServer, type Server, type ServerOptions } from './server.ts';
