/** What loads when the list is exported. */
export { saveTable } from '../../export/save-file.ts';
export { machineFile } from './machine-file.ts';
