/** The box's work. */
export type { BoxService } from './box-service.ts';
export type { Interfaces } from './networks.ts';
export { createService, type RunningService } from './service.ts';
export type { ServiceDeps } from './service-deps.ts';
