/** What was done, for six seconds, with one way back. Errors are never toasts (LOOK §8). */
import { type ComponentChildren, createContext } from 'preact';
import { useCallback, useContext, useEffect, useMemo, useState } from 'preact/hooks';
import { browserClock } from '../api/clock.ts';
import { Icon } from './Icon.tsx';
import './Toast.css';

export interface ToastMessage {
  readonly text: string;
  readonly action?: { readonly text: string; readonly run: () => void };
}

const SHOWN_FOR = 6000;
const Toasting = createContext<(message: ToastMessage) => void>(() => undefined);
export const useToast = (): ((message: ToastMessage) => void) => useContext(Toasting);

export function ToastHost({ children }: { readonly children: ComponentChildren }) {
  const [shown, setShown] = useState<{ readonly message: ToastMessage; readonly at: number } | null>(null);
  const [held, setHeld] = useState(false);
  const show = useCallback(
    (message: ToastMessage) => setShown((before) => ({ message, at: (before?.at ?? 0) + 1 })),
    [],
  );
  useEffect(() => {
    if (!shown || held) return undefined;
    return browserClock.after(SHOWN_FOR, () => setShown(null));
  }, [shown, held]);
  const value = useMemo(() => show, [show]);
  return (
    <Toasting.Provider value={value}>
      {children}
      <div class="toast-place" role="status" aria-live="polite">
        {shown && (
          // biome-ignore lint/a11y/noStaticElementInteractions: the pointer only holds the time, nothing is done here
          <div class="toast" key={shown.at} onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)}>
            <Icon name="check" />
            <span>{shown.message.text}</span>
            {shown.message.action && (
              <button
                type="button"
                class="toast-action"
                onClick={() => {
                  shown.message.action?.run();
                  setShown(null);
                }}
              >
                {shown.message.action.text}
              </button>
            )}
          </div>
        )}
      </div>
    </Toasting.Provider>
  );
}
