// Applies a stored theme before the first paint, so that the other one never flashes. Nothing is stored before somebody chooses.
// The key and its values in localStorage are those of Django's admin and of the CMS: staff choose once.
"use strict";
{
  const root = document.documentElement;
  root.dataset.scripted = "";

  const stored = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // the browser blocks storage: the system decides
    }
  };

  const store = theme => {
    try {
      theme ? localStorage.setItem("theme", theme) : localStorage.removeItem("theme");
    } catch {
      // Storage is blocked or full: the choice lasts as long as this page.
    }
  };

  const apply = theme => {
    const chosen = ["light", "dark"].includes(theme) ? theme : "";
    chosen ? (root.dataset.theme = chosen) : delete root.dataset.theme;
    for (const button of document.querySelectorAll(".theme button")) {
      button.setAttribute("aria-pressed", button.value === chosen);
    }
  };

  apply(stored());
  addEventListener("DOMContentLoaded", () => apply(root.dataset.theme));
  addEventListener("storage", event => event.key === "theme" && apply(event.newValue));
  addEventListener("click", event => {
    const button = event.target.closest(".theme button");
    if (button) {
      store(button.value);
      apply(button.value);
    }
  });
}
