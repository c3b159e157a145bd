/** One uPlot in a box of the page's width, made anew when its options change. */
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import './plot.css';

export interface PlotProps {
  /** Everything but the size. */
  readonly options: Omit<uPlot.Options, 'width' | 'height'>;
  readonly data: uPlot.AlignedData;
  readonly height: number;
  readonly label: string;
  readonly plotRef?: { current: uPlot | null };
}

export function Plot({ options, data, height, label, plotRef }: PlotProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const place = box.current;
    if (!place) return undefined;
    const plot = new uPlot({ ...options, width: Math.max(200, place.clientWidth), height }, data, place);
    if (plotRef) plotRef.current = plot;
    const watch = new ResizeObserver(() => {
      if (place.clientWidth > 0 && place.clientWidth !== plot.width) plot.setSize({ width: place.clientWidth, height });
    });
    watch.observe(place);
    return () => {
      watch.disconnect();
      plot.destroy();
      if (plotRef) plotRef.current = null;
    };
  }, [options, data, height]);
  return <div ref={box} class="plot" role="img" aria-label={label} />;
}
