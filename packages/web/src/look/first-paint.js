/* Sets the chosen theme before anything is painted, so that no page flashes in the other one. */
(() => {
  try {
    const theme = localStorage.getItem('rsb.theme');
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is switched off in this browser: the system's choice holds.
  }
})();
