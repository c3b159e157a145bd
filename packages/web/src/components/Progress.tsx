/** A 2 px line that grows in steps as facts arrive (LOOK §10). */
import './Progress.css';

export function Progress({ done, of, label }: { readonly done: number; readonly of: number; readonly label: string }) {
  const part = of === 0 ? 0 : Math.min(1, done / of);
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={of}
      aria-valuenow={done}
    >
      <span style={{ width: `${(part * 100).toFixed(1)}%` }} />
    </div>
  );
}
