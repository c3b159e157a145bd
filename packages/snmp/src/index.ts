export * from './engine.ts';
export * from './oid.ts';
export * from './value.ts';
