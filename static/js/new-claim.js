// Shows similar claims while a statement is typed, and takes over what is selected in the source's text as the quotation.
// Without script the quotation is pasted, and similar claims are shown once the form is sent.
"use strict";
{
  const DEBOUNCE = 300; // milliseconds
  const form = document.querySelector(".new-claim");
  const { statement, organisation, source, words: quotation } = form.elements;
  const similar = form.querySelector(".similar");
  const text = form.querySelector(".source-text");

  // Returns a function that loads an address into the element; a later call aborts one that is still running.
  const loaderInto = element => {
    let controller;
    return async (address, values) => {
      controller?.abort();
      controller = new AbortController();
      try {
        const response = await fetch(`${address}?${new URLSearchParams(values)}`, { signal: controller.signal });
        // A redirect leads to the login: the session has expired.
        if (response.ok && !response.redirected) element.innerHTML = await response.text();
      } catch {
        // Aborted or offline. The server looks for similar claims again when the form is sent.
      }
    };
  };

  const loadSimilar = loaderInto(similar);
  const loadText = loaderInto(text);

  let timer;
  const scheduleSimilar = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const values = { statement: statement.value.slice(0, 1500), organisation: organisation.value };
      loadSimilar(form.dataset.similar, values);
    }, DEBOUNCE);
  };
  statement.addEventListener("input", scheduleSimilar);
  organisation.addEventListener("change", scheduleSimilar);
  source.addEventListener("change", () => loadText(form.dataset.text, { source: source.value }));

  // A text area reports its selection, whether made by mouse, finger or keyboard. It is not "readonly", for then
  // Chromium lets no key select in it; typing is refused instead.
  const isSourceText = event => event.target.matches(".source-words");
  text.addEventListener("beforeinput", event => isSourceText(event) && event.preventDefault());
  text.addEventListener("select", event => {
    if (!isSourceText(event)) return;
    const { value, selectionStart, selectionEnd } = event.target;
    quotation.value = value.slice(selectionStart, selectionEnd).trim() || quotation.value;
  });
}
