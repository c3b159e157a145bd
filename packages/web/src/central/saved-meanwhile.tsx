/** Over a form that somebody else saved while it was filled in: what is saved now, and that what was typed is still here. */
import { m } from '@rsb/messages';
import { Banner } from '../components/Banner.tsx';
import { Button } from '../components/Button.tsx';
import { useLang } from '../language/language.tsx';
import './saved-meanwhile.css';

export interface SavedMeanwhileProps {
  /** Fields that were changed, each with what is saved now. */
  readonly changes: readonly { readonly name: string; readonly value: string }[];
  readonly onTakeTheirs: () => void;
}

export function SavedMeanwhile({ changes, onTakeTheirs }: SavedMeanwhileProps) {
  const lang = useLang();
  if (changes.length === 0) return null;
  const list = changes.map(({ name, value }) => m.meanwhile_field({ name, value: value === '' ? '–' : value }, lang));
  return (
    <div class="wide saved-meanwhile">
      <Banner
        icon="circle-alert"
        fact={m.meanwhile_saved({ changes: new Intl.ListFormat(lang.locale).format(list) }, lang)}
        next={m.meanwhile_yours_kept({}, lang)}
        action={
          <Button small onClick={onTakeTheirs}>
            {m.rules_show_theirs({}, lang)}
          </Button>
        }
      />
    </div>
  );
}
