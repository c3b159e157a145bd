/** Entry of the Device Manager. */
import '../look/look.ts';
import { m } from '@rsb/messages';
import { render } from 'preact';
import { Pager } from '../components/Pager.tsx';
import { LanguageProvider, prepareLanguage } from '../language/language.tsx';

await prepareLanguage('en');
render(
  <LanguageProvider first="en">
    <Pager page={0} size={10} total={13} onPage={() => undefined} />
    {m.state_idle({}, { locale: 'en' })}
  </LanguageProvider>,
  document.body,
);
