/** To whom something may be given: the dealer's own people who may still sign in. */
import type { CentralDatabase } from '../store/database.ts';

export async function knownPeople({ people }: CentralDatabase): Promise<(name: string) => boolean> {
  const names = new Set(
    (await people.listAccounts())
      .filter(({ disabled_at, role }) => disabled_at === null && role !== 'reader')
      .map(({ name }) => name),
  );
  return (name) => names.has(name);
}
