/** A secret that is shown this once: selected, ready to be copied also where there is no clipboard. */
import { CopyButton } from '../../components/CopyButton.tsx';

export function ShownOnce({ value, name }: { readonly value: string; readonly name: string }) {
  return (
    <div class="row-of-buttons">
      <input
        class="shown-once"
        readOnly
        value={value}
        aria-label={name}
        ref={(input) => input?.select()}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton value={value} name={name} />
    </div>
  );
}
