/** Whether cards stand in the place of the table (LOOK §6: below 720 px). */
import { useEffect, useState } from 'preact/hooks';

const QUERY = '(max-width: 719.9px)';

export function useNarrow(): boolean {
  const [narrow, setNarrow] = useState(() => window.matchMedia(QUERY).matches);
  useEffect(() => {
    const media = window.matchMedia(QUERY);
    const onChange = () => setNarrow(media.matches);
    media.addEventListener('change', onChange);
    return () => media.removeEventListener('change', onChange);
  }, []);
  return narrow;
}
