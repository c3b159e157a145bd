export * from './allow-list.ts';
export { createEngine, type EngineOptions, type RunningEngine } from './create-engine.ts';
export * from './credential.ts';
export * from './engine.ts';
export type { Refusal } from './error-queue.ts';
export { isSentBack } from './exchange.ts';
export * from './oid.ts';
export {
  type IpFamily,
  type OnDatagram,
  type OpenUdpSocket,
  openPlainSocket,
  openUdpSocket,
  type UdpSocket,
} from './udp-socket.ts';
export { usmKey } from './usm/key.ts';
export * from './value.ts';
export { DEFAULT_WALK_LIMITS } from './walk-task.ts';
export type { Dropped } from './wire.ts';
