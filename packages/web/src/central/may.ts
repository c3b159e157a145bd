/** What whoever is signed in may do: pages leave out what central would refuse. */
import { useObservable } from '../api/observable.ts';
import { useCentral } from './central-context.tsx';

export function useMayWrite(): boolean {
  const { session } = useObservable(useCentral().session);
  return session?.role === 'admin' || session?.role === 'technician';
}
