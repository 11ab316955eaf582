// “Show sources” marks what rests on a source, and opens the exact words beside it. Without it the same links lead to them.
"use strict";
{
  const root = document.documentElement;
  const button = document.querySelector(".sources-switch");
  const drawer = document.querySelector(".drawer");
  const title = drawer.querySelector("h2");
  const found = drawer.querySelector(".drawer-found");
  const LINKS = "main :is(.note a, a.reference)";
  let asked;

  button.addEventListener("click", () => {
    const on = root.toggleAttribute("data-sources");
    button.setAttribute("aria-pressed", on);
    for (const link of document.querySelectorAll(LINKS)) {
      on ? link.setAttribute("aria-haspopup", "dialog") : link.removeAttribute("aria-haspopup");
    }
  });

  document.addEventListener("click", event => {
    const link = event.target.closest(LINKS);
    const plain = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && plain && root.hasAttribute("data-sources")) {
      event.preventDefault();
      open(link);
    }
  });

  // A press beside the drawer is on the dialog itself.
  drawer.addEventListener("click", event => event.target === drawer && drawer.close());

  async function open(link) {
    asked = link;
    title.textContent = link.textContent;
    found.replaceChildren();
    drawer.setAttribute("aria-busy", "true");
    drawer.showModal();
    title.focus();
    try {
      const answer = await fetch(link.href);
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (asked === link && drawer.open) found.replaceChildren(...excerpts(page, link).map(entry));
    } catch {
      location.assign(link.href);
    } finally {
      if (asked === link) drawer.removeAttribute("aria-busy");
    }
  }

  // What a source's page says at one line, or every excerpt that a claim's page gives.
  function excerpts(page, link) {
    const evidence = [...page.querySelectorAll("#evidence ~ .evidence-list .evidence")];
    if (!link.matches(".reference")) {
      const words = wordsAt(page, link);
      return [{ words, title: page.querySelector("h1").textContent, address: link.href, facts: page.querySelector(".detail > .facts") }];
    }
    return evidence.map(each => {
      const source = each.querySelector(".document-title a");
      const [before, words, after] = each.querySelector(".verbatim-words")?.childNodes ?? [];
      return {
        words: words && [before, words, after].map(node => node?.textContent ?? ""),
        title: source.textContent,
        address: source.href,
        facts: each.querySelector(".facts"),
      };
    });
  }

  // The line that the link names, as [before, quoted words, after]. The place of the words in it is counted in whole letters.
  function wordsAt(page, link) {
    const line = page.querySelector(`.verbatim > [id="${link.hash.slice(1)}"] .line-text`);
    if (!line) return null;
    const letters = [...line.textContent];
    const [from, length] = (link.dataset.words ?? `0 ${letters.length}`).split(" ").map(Number);
    return [letters.slice(0, from), letters.slice(from, from + length), letters.slice(from + length)].map(part => part.join(""));
  }

  function entry({ words, title, address, facts }) {
    const copy = drawer.querySelector("template").content.cloneNode(true);
    const link = copy.querySelector(".document-title a");
    link.textContent = title;
    link.href = address;
    const quote = copy.querySelector(".verbatim-words");
    if (words) {
      const mark = document.createElement("mark");
      mark.textContent = words[1];
      quote.replaceChildren(words[0], mark, words[2]);
      copy.querySelector(".empty").remove();
    } else {
      quote.remove();
    }
    const known = new Map([...facts.children].map(row => [row.firstElementChild.textContent, row.lastElementChild.textContent]));
    for (const row of copy.querySelectorAll(".facts > div")) {
      row.lastElementChild.textContent = known.get(row.firstElementChild.textContent) ?? "";
    }
    return copy;
  }
}
