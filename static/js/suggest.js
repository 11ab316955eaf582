// Suggests records while a query is typed; without script the form searches as ever.
// The pattern is the ARIA combobox with a listbox popup: the focus stays in the input, and the arrow keys move through the options.
"use strict";
{
  const DEBOUNCE = 150; // milliseconds, so that not every letter is a request
  const MIN_LENGTH = 2;

  for (const form of document.querySelectorAll("form.search[data-suggest]")) {
    const input = form.querySelector("[type=search]");
    const list = document.createElement("ul");
    let timer, controller, activeIndex = -1;

    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestLabel);
    form.append(list);
    const attributes = {role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off"};
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);

    const close = () => {
      clearTimeout(timer);
      controller?.abort();
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      activate(-1);
    };

    const activate = index => {
      list.children[activeIndex]?.setAttribute("aria-selected", "false");
      activeIndex = index;
      const active = list.children[index];
      active?.setAttribute("aria-selected", "true");
      active?.scrollIntoView({block: "nearest"});
      active ? input.setAttribute("aria-activedescendant", active.id) : input.removeAttribute("aria-activedescendant");
    };

    const show = suggestions => {
      activeIndex = -1;
      input.removeAttribute("aria-activedescendant");
      list.replaceChildren(...suggestions.map(optionElement));
      list.hidden = !suggestions.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };

    const optionElement = ({title, kind, address}, index) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${index}`;
      item.dataset.address = address;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.className = "kind";
      label.textContent = kind;
      item.append(title, label);
      return item;
    };

    const load = async () => {
      controller?.abort();
      controller = new AbortController();
      try {
        const response = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(input.value)}`, {signal: controller.signal});
        if (response.ok) show((await response.json()).suggestions);
      } catch {
        // Aborted by the next letter, or offline: the form still searches.
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      if (input.value.trim().length < MIN_LENGTH) return close();
      timer = setTimeout(load, DEBOUNCE);
    });

    input.addEventListener("keydown", event => {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the first press closes the list, the next one clears the input
        close();
      } else if (list.hidden || event.isComposing) {
        return;
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        activate(activeIndex < last ? activeIndex + 1 : -1);
      } else if (event.key === "ArrowUp") {
        event.preventDefault();
        activate(activeIndex < 0 ? last : activeIndex - 1);
      } else if (event.key === "Enter" && activeIndex >= 0) {
        event.preventDefault();
        location.assign(list.children[activeIndex].dataset.address);
      }
    });

    list.addEventListener("pointerdown", event => event.preventDefault()); // the focus stays in the input
    list.addEventListener("click", event => {
      const item = event.target.closest("[role=option]");
      if (item) location.assign(item.dataset.address);
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
  }
}
