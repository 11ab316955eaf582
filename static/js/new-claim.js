// While a claim is typed, claims that say nearly the same are shown; words selected in the source's text are taken over.
// Without this file words are pasted, and similar claims are shown when the form is sent.
"use strict";
{
  const PAUSE = 300;
  const form = document.querySelector(".new-claim");
  const { statement, organisation, source, words } = form.elements;
  const similar = form.querySelector(".similar");
  const text = form.querySelector(".source-text");

  // Puts what the address answers into a place, unless it is asked again meanwhile.
  const filler = place => {
    let asked;
    return async (address, values) => {
      asked?.abort();
      asked = new AbortController();
      try {
        const answer = await fetch(`${address}?${new URLSearchParams(values)}`, { signal: asked.signal });
        if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
      } catch {
        // nothing is shown: the server asks again when the form is sent
      }
    };
  };

  const showSimilar = filler(similar);
  const showText = filler(text);

  let pause;
  const ask = () => {
    clearTimeout(pause);
    pause = setTimeout(() => showSimilar(form.dataset.similar, { statement: statement.value.slice(0, 1500), organisation: organisation.value }), PAUSE);
  };
  statement.addEventListener("input", ask);
  organisation.addEventListener("change", ask);
  source.addEventListener("change", () => showText(form.dataset.text, { source: source.value }));

  // A text area tells what is selected in it, by mouse, finger or keyboard alike. It is not "readonly", for then
  // Chromium lets no key select in it; typing is refused instead.
  const isText = event => event.target.matches(".source-words");
  text.addEventListener("beforeinput", event => isText(event) && event.preventDefault());
  text.addEventListener("select", event => {
    if (!isText(event)) return;
    const { value, selectionStart, selectionEnd } = event.target;
    words.value = value.slice(selectionStart, selectionEnd).trim() || words.value;
  });
}
