// “/” and Ctrl-K lead to the search of the desk; without this file the Tab key does.
"use strict";
addEventListener("keydown", event => {
  const search = document.getElementById("desk-search");
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
  const k = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (search && (slash || k)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});
