export * from './allow-list.ts';
export { createEngine, type EngineOptions, type RunningEngine } from './create-engine.ts';
export * from './engine.ts';
export * from './oid.ts';
export { type IpFamily, type OnDatagram, type OpenUdpSocket, openUdpSocket, type UdpSocket } from './udp-socket.ts';
export * from './value.ts';
export { DEFAULT_WALK_LIMITS } from './walk.ts';
export type { Dropped } from './wire.ts';
