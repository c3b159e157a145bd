export * from './api/box.ts';
export * from './api/central.ts';
export * from './errors.ts';
export * from './item.ts';
export * from './parse.ts';
export * from './reading.ts';
export * from './settings.ts';
