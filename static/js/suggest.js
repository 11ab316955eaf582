// The search box offers records while somebody types. Without it the form searches as ever.
// The pattern is that of an editable combobox with a listbox: the focus stays in the box, and the arrows walk the list.
"use strict";
{
  const PAUSE = 150; // milliseconds without a key, so that not every letter asks the server
  const FEWEST = 2;

  for (const form of document.querySelectorAll("form.search[data-suggest]")) {
    const box = form.querySelector("[type=search]");
    const list = document.createElement("ul");
    let timer, asked, chosen = -1;

    list.id = `${box.id}-suggestions`;
    list.className = "suggestions";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", form.dataset.suggestLabel);
    form.append(list);
    const attributes = {role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off"};
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);

    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      box.setAttribute("aria-expanded", "false");
      choose(-1);
    };

    const choose = place => {
      list.children[chosen]?.setAttribute("aria-selected", "false");
      chosen = place;
      const option = list.children[place];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({block: "nearest"});
      option ? box.setAttribute("aria-activedescendant", option.id) : box.removeAttribute("aria-activedescendant");
    };

    const show = suggestions => {
      chosen = -1;
      box.removeAttribute("aria-activedescendant");
      list.replaceChildren(...suggestions.map(option));
      list.hidden = !suggestions.length;
      box.setAttribute("aria-expanded", String(!list.hidden));
    };

    const option = ({title, kind, address}, place) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${place}`;
      item.dataset.address = address;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const label = document.createElement("span");
      label.className = "kind";
      label.textContent = kind;
      item.append(title, label);
      return item;
    };

    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(box.value)}`, {signal: asked.signal});
        if (answer.ok) show((await answer.json()).suggestions);
      } catch {
        // another letter came in between, or there is no line: the form still searches
      }
    };

    box.addEventListener("input", () => {
      clearTimeout(timer);
      if (box.value.trim().length < FEWEST) return close();
      timer = setTimeout(ask, PAUSE);
    });

    box.addEventListener("keydown", event => {
      const last = list.children.length - 1;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault(); // the first press closes the list, the next empties the box
        close();
      } else if (list.hidden || event.isComposing) {
        return;
      } else if (event.key === "ArrowDown") {
        event.preventDefault();
        choose(chosen < last ? chosen + 1 : -1);
      } else if (event.key === "ArrowUp") {
        event.preventDefault();
        choose(chosen < 0 ? last : chosen - 1);
      } else if (event.key === "Enter" && chosen >= 0) {
        event.preventDefault();
        location.assign(list.children[chosen].dataset.address);
      }
    });

    list.addEventListener("pointerdown", event => event.preventDefault()); // the focus stays in the box
    list.addEventListener("click", event => {
      const item = event.target.closest("[role=option]");
      if (item) location.assign(item.dataset.address);
    });
    box.addEventListener("blur", close);
    form.addEventListener("submit", close);
  }
}
