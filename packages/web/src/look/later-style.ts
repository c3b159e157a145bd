/** The style sheet of pages that load later, put in before the first of them is drawn. */

const ID = 'later-style';

export function laterStyle(): Promise<void> {
  if (LATER_STYLE === '' || document.getElementById(ID)) return Promise.resolve();
  const link = document.createElement('link');
  link.id = ID;
  link.rel = 'stylesheet';
  link.href = LATER_STYLE;
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      // The next attempt starts anew.
      link.remove();
      reject(new Error('the style sheet did not load'));
    });
    document.head.append(link);
  });
}
