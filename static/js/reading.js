// Decides on the suggestions for a document by keys; without script the buttons do the same.
"use strict";
{
  const suggestions = () => [...document.querySelectorAll(".suggestion")];
  const current = () => document.activeElement?.closest(".suggestion");
  const button = (element, name) => element?.querySelector(`button[name=do][value="${name}"]`);

  // A decision leads to the next suggestion, by its name in the address.
  const focusNamed = () => document.getElementById(decodeURIComponent(location.hash.slice(1)))?.focus();

  function move(step) {
    const all = suggestions();
    const place = all.indexOf(current());
    all[place < 0 ? 0 : Math.min(Math.max(place + step, 0), all.length - 1)]?.focus();
  }

  const actions = {
    j: () => move(1),
    k: () => move(-1),
    a: () => button(current(), "accept")?.click(),
    r: () => button(current(), "refuse")?.click(),
    u: () => button(current(), "take back")?.click(),
    A: () => button(document.querySelector(".reading-all"), "accept all")?.click(),
    R: () => button(document.querySelector(".reading-all"), "refuse all")?.click(),
    e: () => {
      const details = current()?.querySelector("details");
      if (details) {
        details.open = true;
        details.querySelector("select, input, textarea")?.focus();
      }
    },
    "?": () => {
      const keys = document.getElementById("keys");
      if (keys) {
        keys.open = !keys.open;
      }
    },
  };

  addEventListener("keydown", event => {
    const isTyping = event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
    if (event.key === "Escape" && current()) {
      current().focus();
    } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const filter = /^[1-9]$/.test(event.key) && document.querySelectorAll("nav.reading-kinds:not([aria-label=Pages]) a")[event.key - 1];
      const act = filter ? () => filter.click() : actions[event.key];
      if (act) {
        event.preventDefault();
        act();
      }
    }
  });
  focusNamed();
}
