/** The keys of the list, shown by `?`. */
import { m } from '@rsb/messages';
import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../components/Button.tsx';
import { useLang } from '../../language/language.tsx';
import './keys-help.css';

export function KeysHelp({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const lang = useLang();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal();
  }, [open]);
  const keys: readonly (readonly [string, string])[] = [
    ['↑ ↓', m.key_rows({}, lang)],
    ['Enter', m.key_open({}, lang)],
    ['x', m.key_select({}, lang)],
    ['/', m.key_search({}, lang)],
    ['r', m.key_read({}, lang)],
    ['Esc', m.key_clear({}, lang)],
    ['Alt ← →', m.key_move_column({}, lang)],
    ['Shift ← →', m.key_resize_column({}, lang)],
    ['?', m.key_help({}, lang)],
  ];
  return (
    <dialog ref={dialog} class="dialog keys" aria-label={m.keys({}, lang)} onClose={onClose}>
      {open && (
        <>
          <h2>{m.keys({}, lang)}</h2>
          <dl>
            {keys.map(([key, words]) => (
              <div key={key}>
                <dt>
                  <kbd>{key}</kbd>
                </dt>
                <dd>{words}</dd>
              </div>
            ))}
          </dl>
          <div class="dialog-foot">
            <Button onClick={() => dialog.current?.close()}>{m.close({}, lang)}</Button>
          </div>
        </>
      )}
    </dialog>
  );
}
