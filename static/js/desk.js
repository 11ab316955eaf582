// “/” and Ctrl-K move the focus to the search field of the desk; without script the Tab key does.
"use strict";
addEventListener("keydown", event => {
  const search = document.getElementById("desk-search");
  const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
  const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
  const isShortcut = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
  if (search && (isSlash || isShortcut)) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});
