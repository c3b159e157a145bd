/** Takes a data folder for this process, or says why it cannot be had. */
import { type Fault, fault } from '@rsb/contract';
import { type DataFolder, failure, type Outcome, openDataFolder, success } from '@rsb/runtime';

export function takeFolder(path: string): Outcome<DataFolder, Fault> {
  try {
    const opened = openDataFolder(path);
    return opened.ok ? success(opened.value) : failure(fault('folderInUse', { path, pid: opened.error.pid }));
  } catch (error) {
    return failure(fault('folderUnusable', { path, detail: error instanceof Error ? error.message : String(error) }));
  }
}
