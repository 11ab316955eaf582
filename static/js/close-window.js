// Closes the window of a form that became a proposal: the form behind it has nothing to take over.
document.querySelector("[data-close-window]").addEventListener("click", () => window.close());
