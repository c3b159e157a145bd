/** "Scan now" over the list: under pointer or focus it says what the scan will cost, before it is pressed. */
import { m } from '@rsb/messages';
import { useId, useState } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { useLang } from '../../language/language.tsx';
import { ScanCost } from '../scan-cost.tsx';

export function ScanButton({ onScan }: { readonly onScan: () => void }) {
  const lang = useLang();
  const id = useId();
  // Asked when a hand comes near: the box reckons it, and most who look at the list scan nothing.
  const [near, setNear] = useState(false);
  const come = () => setNear(true);
  const go = () => setNear(false);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside is what is pressed; here only nearness is heard
    <span
      class="scan-now"
      onPointerEnter={come}
      onPointerLeave={go}
      onFocusIn={come}
      onFocusOut={go}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !near) return;
        event.stopPropagation();
        go();
      }}
    >
      <Button kind="quiet" icon="radar" onClick={onScan} describedBy={near ? id : undefined}>
        {m.scan_now({}, lang)}
      </Button>
      {near && (
        <span class="scan-tip" id={id} role="tooltip">
          <ScanCost />
        </span>
      )}
    </span>
  );
}
