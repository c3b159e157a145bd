/** Whether somebody works in one of the rows: it is not given to another machine under their hands. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

export function useWorkedIn(body: RefObject<HTMLElement | null>): () => boolean {
  const isTextChosen = useRef(false);
  useEffect(() => {
    // Noted when it changes: to ask while rows are drawn would have the page laid out in between.
    const onChange = () => {
      const list = body.current;
      const focused = document.activeElement;
      const isTyping = focused?.matches('input, textarea') === true && list?.contains(focused) !== true;
      const selection = isTyping ? null : document.getSelection();
      isTextChosen.current =
        selection !== null && !selection.isCollapsed && list?.contains(selection.anchorNode) === true;
    };
    document.addEventListener('selectionchange', onChange);
    return () => document.removeEventListener('selectionchange', onChange);
  }, [body]);
  return () => {
    const list = body.current;
    if (!list) return false;
    return (
      isTextChosen.current || list.contains(document.activeElement) || list.getElementsByTagName('form').length > 0
    );
  };
}
