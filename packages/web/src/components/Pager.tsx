/** "Page 1 of 1 · Displaying 1–13 of 13": also where there is one page, so that the reader knows it is all. */
import { m } from '@rsb/messages';
import { formatCount } from '../format/count.ts';
import { useLang } from '../language/language.tsx';
import { Button } from './Button.tsx';
import { Rich } from './Rich.tsx';
import './Pager.css';

export interface PagerProps {
  /** From 0. */
  readonly page: number;
  /** Rows on a page; Infinity for all on one. */
  readonly size: number;
  readonly total: number;
  readonly onPage: (page: number) => void;
  readonly sizes?: readonly number[];
  readonly onSize?: (size: number) => void;
}

export function Pager({ page, size, total, onPage, sizes, onSize }: PagerProps) {
  const lang = useLang();
  const pages = Math.max(1, Math.ceil(total / size));
  const first = total === 0 ? 0 : page === 0 ? 1 : page * size + 1;
  const last = Math.min(total, (page + 1) * size);
  const shown = (value: number) => formatCount(value, lang);
  return (
    <nav class="pager" aria-label={m.pager_label({}, lang)}>
      {pages > 1 && (
        <Button
          kind="quiet"
          small
          icon="chevron-left"
          label={m.pager_before({}, lang)}
          disabled={page === 0}
          onClick={() => onPage(page - 1)}
        />
      )}
      <span class="fact">
        <Rich of={m.pager_page.parts({ page: shown(page + 1), pages: shown(pages) }, lang)} />
      </span>
      {pages > 1 && (
        <Button
          kind="quiet"
          small
          icon="chevron-right"
          label={m.pager_next({}, lang)}
          disabled={page >= pages - 1}
          onClick={() => onPage(page + 1)}
        />
      )}
      <span class="pager-rule" />
      <span class="fact" role="status">
        {total === 0
          ? m.pager_none({}, lang)
          : m.pager_shown({ first: shown(first), last: shown(last), total: shown(total) }, lang)}
      </span>
      {sizes && onSize && (
        <label class="pager-size">
          <span class="hint">{m.pager_size({}, lang)}</span>
          <select value={String(size)} onChange={(event) => onSize(Number(event.currentTarget.value))}>
            {sizes.map((choice) => (
              <option key={choice} value={String(choice)}>
                {choice === Number.POSITIVE_INFINITY ? m.pager_all({}, lang) : shown(choice)}
              </option>
            ))}
          </select>
        </label>
      )}
    </nav>
  );
}
