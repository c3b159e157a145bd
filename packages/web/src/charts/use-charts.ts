/** The charts' own chunk: null while it is on its way, `failed` where it did not come. */
import { useEffect, useState } from 'preact/hooks';

type Charts = typeof import('./plots/charts.ts');

export function useCharts(): Charts | 'failed' | null {
  const [charts, setCharts] = useState<Charts | 'failed' | null>(null);
  useEffect(() => {
    let gone = false;
    import('./plots/charts.ts').then(
      (loaded) => !gone && setCharts(loaded),
      () => !gone && setCharts('failed'),
    );
    return () => {
      gone = true;
    };
  }, []);
  return charts;
}
