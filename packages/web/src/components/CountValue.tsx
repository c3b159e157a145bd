/** One counter of a machine; where its origin is known the number is a button that opens it. */
import { m } from '@rsb/messages';
import { type Count, formatCount } from '../format/count.ts';
import { useLang } from '../language/language.tsx';

export interface OriginChoice {
  /** Opens where a value comes from; absent where that is not known. */
  readonly onOrigin?: ((path: string) => void) | undefined;
  /** Path of the value whose origin is open. */
  readonly origin?: string | null | undefined;
}

export interface CountValueProps extends OriginChoice {
  readonly count: Count | null;
  readonly path: string;
  /** Where three stand beside each other on a phone: "?" for what is not told, its words for who listens. */
  readonly short?: boolean;
}

export function CountValue({ count, path, onOrigin, origin, short = false }: CountValueProps) {
  const lang = useLang();
  const isShort = count === null && short;
  const text = isShort ? '?' : count === null ? m.not_told({}, lang) : formatCount(count, lang);
  if (!onOrigin) return isShort ? <abbr title={m.not_told({}, lang)}>{text}</abbr> : <span>{text}</span>;
  return (
    <button
      type="button"
      class="count-origin"
      aria-expanded={origin === path}
      aria-label={isShort ? m.not_told({}, lang) : undefined}
      title={m.origin_open({}, lang)}
      onClick={() => onOrigin(path)}
    >
      {text}
    </button>
  );
}
