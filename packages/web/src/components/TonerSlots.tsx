/** Four fixed places K C M Y, so that "black" can be scanned as a column (LOOK §7). */
import type { SupplySlots } from '../reading/supply-slots.ts';
import { TonerBar } from './TonerBar.tsx';
import './TonerSlots.css';

export function TonerSlots({ slots, old = false }: { readonly slots: SupplySlots; readonly old?: boolean }) {
  return (
    <span class="toner-slots">
      {slots.places.map((level, at) => (
        <span key={at} class="toner-slot">
          {level && <TonerBar level={level} old={old} {...(at === 3 && slots.more > 0 ? { more: slots.more } : {})} />}
        </span>
      ))}
    </span>
  );
}
