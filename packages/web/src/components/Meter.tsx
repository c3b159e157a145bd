/** A thin measure, 56 × 4: how much of a whole is used. The words stand beside it. */
import './Meter.css';

export interface MeterProps {
  /** 0 to 1. */
  readonly part: number;
  readonly width?: number;
}

export function Meter({ part, width = 56 }: MeterProps) {
  return (
    <span class="meter" aria-hidden="true" style={{ width: `${width}px` }}>
      <span style={{ width: `${Math.round(Math.min(1, Math.max(0, part)) * 100)}%` }} />
    </span>
  );
}
