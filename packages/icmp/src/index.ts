export * from './choose-sweep.ts';
export * from './echo-sweep.ts';
export * from './fping-sweep.ts';
export { type EchoSocket, loadEchoSockets, type OnIcmp, type OpenEchoSocket } from './icmp-socket.ts';
export * from './no-sweep.ts';
export { type SocketSweepDeps, socketSweep } from './socket-sweep.ts';
