export * from './choose-sweep.ts';
export * from './echo-sweep.ts';
export * from './fping-sweep.ts';
export * from './no-sweep.ts';
