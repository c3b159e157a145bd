export * from './echo-sweep.ts';
