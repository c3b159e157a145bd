/** The frame of what comes before the pages: the mark, the product's name, language and theme. */
import { m } from '@rsb/messages';
import type { ComponentChildren } from 'preact';
import { LanguageMenu } from '../../components/LanguageMenu.tsx';
import { Mark } from '../../components/Mark.tsx';
import { ThemeMenu } from '../../components/ThemeMenu.tsx';
import { useLang } from '../../language/language.tsx';
import './entry-frame.css';

export function EntryFrame({ children }: { readonly children: ComponentChildren }) {
  const lang = useLang();
  return (
    <>
      <header class="entry-bar">
        <Mark />
        <b>{m.product_central_long({}, lang)}</b>
        <span class="push" />
        <LanguageMenu />
        <ThemeMenu />
      </header>
      <main id="content" class="page page-narrow">
        {children}
      </main>
    </>
  );
}
