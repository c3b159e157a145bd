export * from './allow-list.ts';
export * from './engine.ts';
export * from './oid.ts';
export * from './value.ts';
