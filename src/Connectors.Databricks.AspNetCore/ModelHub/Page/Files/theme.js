// Sets the theme before the first paint. Blocked storage leaves the theme of the system.
try {
  const theme = localStorage.getItem("model-hub-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch { /* No storage. */ }
