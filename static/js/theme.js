// Runs before the page is painted, so that a remembered theme never flashes. Nothing is stored before somebody chooses.
// The key and its values are those of Django's admin and of the CMS: staff choose once.
"use strict";
{
  const root = document.documentElement;
  root.dataset.scripted = "";

  const remembered = () => {
    try {
      return localStorage.getItem("theme");
    } catch {
      return null; // storage is forbidden here: the system decides
    }
  };

  const remember = theme => {
    try {
      theme ? localStorage.setItem("theme", theme) : localStorage.removeItem("theme");
    } catch {
      // the choice holds for this page
    }
  };

  const show = theme => {
    const chosen = ["light", "dark"].includes(theme) ? theme : "";
    chosen ? (root.dataset.theme = chosen) : delete root.dataset.theme;
    for (const button of document.querySelectorAll(".theme button")) {
      button.setAttribute("aria-pressed", button.value === chosen);
    }
  };

  show(remembered());
  addEventListener("DOMContentLoaded", () => show(root.dataset.theme));
  addEventListener("storage", event => event.key === "theme" && show(event.newValue));
  addEventListener("click", event => {
    const button = event.target.closest(".theme button");
    if (button) {
      remember(button.value);
      show(button.value);
    }
  });
}
