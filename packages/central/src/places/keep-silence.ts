/** Each box's row keeps the hours of silence that hold at its place: lists find silent boxes without asking each level. */
import type { CustomerStore } from '../store/database.ts';
import { settingsOfBoxes } from './handed-down.ts';

/** Whenever settings, a box's place or a customer's agency changed. */
export async function keepSilence(store: CustomerStore): Promise<void> {
  const settings = await settingsOfBoxes(store);
  for (const { agent, silent_hours } of await store.boxes.listPlain()) {
    const hours = settings.get(agent)?.boxSilentHours ?? silent_hours;
    if (hours !== silent_hours) await store.boxes.saveSilentHours(agent, hours);
  }
}
