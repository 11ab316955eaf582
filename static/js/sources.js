// “Mark what has a source” marks what rests on a source, and turns the links to sources into a drawer with the quoted passage.
// Without script the same links lead to the page of the source.
"use strict";
{
  const root = document.documentElement;
  const button = document.querySelector(".sources-switch");
  const drawer = document.querySelector(".drawer");
  const heading = drawer.querySelector("h2");
  const container = drawer.querySelector(".drawer-found");
  const LINKS = "main :is(.note a:not([href^='#']), .sources a, .evidence a[data-words], a.reference)";
  let currentLink; // the last one opened: an answer for an earlier one comes too late and is dropped

  button.addEventListener("click", () => {
    const isOn = root.toggleAttribute("data-sources");
    button.setAttribute("aria-pressed", isOn);
    for (const link of document.querySelectorAll(LINKS)) {
      isOn ? link.setAttribute("aria-haspopup", "dialog") : link.removeAttribute("aria-haspopup");
    }
  });

  document.addEventListener("click", event => {
    const link = event.target.closest(LINKS);
    // With another button or a modifier key the reader wants a new tab or window.
    const isPlainClick = !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (link && isPlainClick && root.hasAttribute("data-sources")) {
      event.preventDefault();
      open(link);
    }
  });

  // A click on the backdrop has the dialog itself as its target.
  drawer.addEventListener("click", event => event.target === drawer && drawer.close());

  async function open(link) {
    currentLink = link;
    heading.textContent = link.textContent;
    container.replaceChildren();
    drawer.setAttribute("aria-busy", "true");
    drawer.showModal();
    heading.focus();
    try {
      const response = await fetch(link.href);
      if (!response.ok) throw new Error(response.status);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      if (currentLink === link && drawer.open) container.replaceChildren(...excerpts(page, link).map(excerptElement));
    } catch {
      location.assign(link.href);
    } finally {
      if (currentLink === link) drawer.removeAttribute("aria-busy");
    }
  }

  // Returns the passage that a link to a source names, or every excerpt on the page of a claim that a reference links to.
  function excerpts(page, link) {
    if (!link.matches(".reference")) {
      const passage = passageAt(page, link);
      return [{ passage, title: page.querySelector("h1").textContent, address: link.href, facts: page.querySelector(".detail > .side .facts") }];
    }
    return [...page.querySelectorAll("#evidence ~ .evidence-list .evidence")].flatMap(document => {
      const source = document.querySelector(".document-title a");
      const about = { title: source.textContent, address: source.href, facts: document.querySelector(".facts") };
      const quotes = [...document.querySelectorAll("blockquote.verbatim-words")];
      const passages = quotes.map(quote => [...quote.childNodes].map(node => node.textContent));
      return (passages.length ? passages : [null]).map(passage => ({ passage, ...about }));
    });
  }

  // Returns the line in the link's fragment as [before, quoted, after]. data-words counts code points, as Python does, where
  // JavaScript counts UTF-16 units: hence the array.
  function passageAt(page, link) {
    const line = page.querySelector(`.verbatim > [id="${link.hash.slice(1)}"] .line-text`);
    if (!line) return null;
    const characters = [...line.textContent];
    const [start, length] = (link.dataset.words ?? `0 ${characters.length}`).split(" ").map(Number);
    const parts = [characters.slice(0, start), characters.slice(start, start + length), characters.slice(start + length)];
    return parts.map(part => part.join(""));
  }

  // Fills the template of the drawer. Its facts are looked up by their terms, which the page of the source has in the same language.
  function excerptElement({ passage, title, address, facts }) {
    const copy = drawer.querySelector("template").content.cloneNode(true);
    const link = copy.querySelector(".document-title a");
    link.textContent = title;
    link.href = address;
    const quote = copy.querySelector(".verbatim-words");
    if (passage) {
      const mark = document.createElement("mark");
      mark.textContent = passage[1];
      quote.replaceChildren(passage[0], mark, passage[2]);
      copy.querySelector(".empty").remove();
    } else {
      quote.remove();
    }
    const valueOf = new Map([...facts.children].map(row => [row.firstElementChild.textContent, row.lastElementChild.textContent]));
    for (const row of copy.querySelectorAll(".facts > div")) {
      const value = valueOf.get(row.firstElementChild.textContent);
      value ? (row.lastElementChild.textContent = value) : row.remove();
    }
    return copy;
  }
}
