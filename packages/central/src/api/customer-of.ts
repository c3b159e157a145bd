/** From an id in a path to the one customer's store and lists. An id that is none, or nobody's, is not found. */
import type { CustomerStore } from '../store/database.ts';
import { findCustomerId } from '../store/identifiers.ts';
import type { Today } from '../store/today.ts';
import type { CentralWork } from '../work.ts';

export async function storeOf({ database }: CentralWork, text: string): Promise<CustomerStore | undefined> {
  const id = findCustomerId(text);
  if (id === undefined) return undefined;
  const store = database.forCustomer(id);
  return (await store.find()) ? store : undefined;
}

/** The lists of the day, of this customer alone. */
export async function todayOfCustomer({ database }: CentralWork, text: string): Promise<Today | undefined> {
  const id = findCustomerId(text);
  if (id === undefined || !(await database.forCustomer(id).find())) return undefined;
  return database.sight(id).today;
}
