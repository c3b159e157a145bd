/** The product's mark: a box with four bars of unequal height, all in ink (LOOK §4). */
import './Icon.css';

export function Mark({ size = 20 }: { readonly size?: number }) {
  return (
    <svg class="icon" width={size} height={size} viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="18" height="18" rx="4" />
      <path d="M5.75 14V9.5M8.6 14V6M11.4 14V8M14.25 14v-3" />
    </svg>
  );
}
