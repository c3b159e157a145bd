/** Asks before what cannot be undone: names the thing, with the verb on the button (LOOK §8). */
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { Button } from './Button.tsx';
import './ConfirmDialog.css';

export interface ConfirmDialogProps {
  readonly open: boolean;
  readonly title: ComponentChildren;
  readonly children?: ComponentChildren;
  readonly confirm: string;
  readonly cancel: string;
  readonly danger?: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (props.open && dialog.current && !dialog.current.open) dialog.current.showModal();
    if (!props.open && dialog.current?.open) dialog.current.close();
  }, [props.open]);
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={props.onClose}>
      {props.open && (
        <>
          <h2 id={id}>{props.title}</h2>
          {props.children !== undefined && <div class="dialog-words">{props.children}</div>}
          <div class="dialog-foot">
            <Button onClick={() => dialog.current?.close()}>{props.cancel}</Button>
            <Button
              kind={props.danger ? 'dangerFilled' : 'primary'}
              onClick={() => {
                props.onConfirm();
                dialog.current?.close();
              }}
            >
              {props.confirm}
            </Button>
          </div>
        </>
      )}
    </dialog>
  );
}
