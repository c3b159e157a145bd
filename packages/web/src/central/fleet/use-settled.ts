/** A text once nobody has typed in it for a moment: the server is not asked at every key. */
import { useEffect, useState } from 'preact/hooks';
import { useCentral } from '../central-context.tsx';

const PAUSE = 200;

export function useSettled(text: string): string {
  const { clock } = useCentral();
  const [settled, setSettled] = useState(text);
  useEffect(() => clock.after(PAUSE, () => setSettled(text)), [clock, text]);
  return settled;
}
