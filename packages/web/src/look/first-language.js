/* Asks for the words of the reader's language while the scripts still load; `language/language.tsx` decides which it is. */
(() => {
  const { dataset } = document.currentScript;
  let kept = null;
  try {
    kept = localStorage.getItem('rsb.language');
  } catch {
    // Storage is switched off in this browser: its own languages hold.
  }
  const wishes = [kept ?? '', ...navigator.languages].map((language) => language.slice(0, 2).toLowerCase());
  const link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = dataset[wishes.find((wish) => wish in dataset) ?? 'en'];
  document.head.append(link);
})();
