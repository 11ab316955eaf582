// Keeps what is typed into the small windows over a text, such as that of a link, and asks before one closes with it;
// see autosave.js. Such a window is a <dialog> that the editor throws away at Esc, at a click beside it and when the text is saved.
"use strict";
{
  const DIALOG = "dialog.cms-form-dialog";
  const LISTED = ".cms-linkfield-dropdown.open"; // Esc closes the list of pages alone
  const CHOSEN = ".cms-linkfield-option"; // a page of that list, which a click fills in without an event

  const { INLINE, parts, watched, addressOf, editorOf, newKey, newestFirst, recordsOf, storeAll, drop, bar, removeBars } = window.autosave;
  const { user, dialogQuestion } = document.getElementById("autosave").dataset;
  const opened = new Map(); // dialog: {key, address, name, place, base: values as it opened, isTouched: by a hand}

  const fieldsOf = dialog => [...dialog.querySelectorAll("form [name]")];
  const valuesOf = dialog => new Map(fieldsOf(dialog).map(field => [field.name, field.value]));
  const actionOf = dialog => [...dialog.classList].find(name => name.endsWith("-form"))?.slice(0, -"-form".length);
  const editorAround = dialog => Object.values(window.cms_editor_plugin?._editors ?? {}).find(each => each.options.element.contains(dialog));
  const changedDialogs = () => [...opened.keys()].filter(dialog => dialog.isConnected && changesOf(dialog).length);

  // Returns the texts of this page that have an editor, or will have one: {element, address, name, place of its bars}.
  function texts() {
    const ofForms = watched.flatMap(({ form, address, name }) =>
      [...form.querySelectorAll("textarea")].filter(editorOf).map(element => ({ element, address, name, place: form })));
    const place = document.querySelector("main");
    const ofPage = [...document.querySelectorAll(INLINE)].map(element =>
      ({ element, address: addressOf(element.dataset.cmsEditUrl), name: "text_form", place }));
    return [...ofForms, ...ofPage];
  }

  function changesOf(dialog) {
    const { base, isTouched } = opened.get(dialog);
    // The server says what page a link leads to a moment after the window has opened.
    if (!isTouched) return [];
    return [...valuesOf(dialog)].filter(([name, value]) => value !== base.get(name)).map(([name, value]) => [name, value, base.get(name)]);
  }

  // Returns the selected place of a text, with the words that stand there.
  function placeIn(editor) {
    const { doc, selection: { from, to } } = editor.state;
    return { from, to, words: doc.textBetween(from, to) };
  }

  function begin(dialog) {
    const editor = editorAround(dialog);
    const text = editor && texts().find(({ element }) => editorOf(element) === editor);
    if (!text || opened.has(dialog)) return;
    const [address, name] = [text.address, `${text.name} ${actionOf(dialog)}`];
    opened.set(dialog, { key: newKey(), address, name, place: placeIn(editor), base: valuesOf(dialog), isTouched: false });
    for (const record of recordsOf(address, name)) {
      const element = bar(record, false, () => fill(dialog, record));
      // The editor would take a click on what has gone since for one beside the window.
      element.addEventListener("click", event => event.stopPropagation());
      dialog.prepend(element);
    }
  }

  // The editor has taken what was typed into the text.
  function end(dialog) {
    drop(opened.get(dialog).key);
    opened.delete(dialog);
    setTimeout(storeAll);
  }

  function fill(dialog, record) {
    removeBars(record);
    opened.get(dialog).isTouched = true;
    for (const [name, value] of record.fields) {
      const field = fieldsOf(dialog).find(each => each.name === name);
      if (!field) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true })); // shows the page that a link leads to
    }
    drop(record.key);
    storeAll();
  }

  // Opens the window again over the words it was meant for, where they stand there still.
  function bringBack({ element }, record) {
    if (!editorOf(element)) window.CMS_Editor.init(element);
    const editor = editorOf(element);
    const { place: { from, to, words } } = record;
    const { doc } = editor.state;
    if (to <= doc.content.size && doc.textBetween(from, to) === words) editor.commands.setTextSelection({ from, to });
    const action = record.name.split(" ").at(-1);
    editor.commands.openCmsForm(action);
    const dialog = editor.options.element.querySelector(`dialog.${CSS.escape(action)}-form`);
    if (!dialog) return;
    begin(dialog);
    fill(dialog, record);
    dialog.querySelector("input:not([type=hidden])")?.focus();
  }

  function offer() {
    for (const text of texts()) {
      for (const record of newestFirst().filter(each => each.place && each.address === text.address && each.name.startsWith(`${text.name} `))) {
        // Not within the click that it takes: the editor closes its windows at one.
        const element = bar(record, false, () => setTimeout(bringBack, 0, text, record));
        element.querySelector(".autosave-dialog").hidden = false;
        const above = [...text.place.querySelectorAll(":scope > .autosave")].at(-1);
        if (above) above.after(element);
        else text.place.prepend(element);
      }
    }
  }

  // Asks once what an event would close, and stops it if the answer is no.
  function ask(event, dialogs) {
    if (!dialogs.length) return;
    if (confirm(dialogQuestion)) {
      storeAll();
      for (const dialog of dialogs) opened.delete(dialog);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    // The window of the CMS believes that it is sending already.
    if (parent !== window) parent.document.querySelector(".cms-modal-body.cms-loader")?.classList.remove("cms-loader");
  }

  function watchDialogs() {
    if (!user) return;
    new MutationObserver(mutations => {
      for (const { addedNodes, removedNodes } of mutations) {
        for (const node of addedNodes) if (node.matches?.(DIALOG)) begin(node);
        if ([...removedNodes].some(node => opened.has(node))) {
          storeAll();
          for (const dialog of opened.keys()) if (!dialog.isConnected) opened.delete(dialog);
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
    addEventListener("input", ({ isTrusted, target }) => {
      const dialog = opened.get(target.closest?.(DIALOG));
      if (dialog && isTrusted) dialog.isTouched = true;
    }, true);
    addEventListener("keydown", event => {
      const dialog = event.target.closest?.(DIALOG);
      if (event.key === "Escape" && dialog && !dialog.querySelector(LISTED)) ask(event, changedDialogs());
    }, true);
    // The words that the window is meant for stay selected, for the click may be taken back.
    addEventListener("mousedown", event => {
      if (!event.target.closest?.(DIALOG) && event.target.closest?.(".tiptap") && changedDialogs().length) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }, true);
    addEventListener("click", event => {
      const dialog = event.target.closest?.(DIALOG);
      const each = opened.get(dialog);
      if (each && event.target.closest(CHOSEN)) each.isTouched = true;
      if (each && event.target.closest(".submit") && dialog.querySelector("form").checkValidity()) end(dialog);
      else if (!dialog || event.target.closest(".cancel")) ask(event, changedDialogs());
    }, true);
    addEventListener("submit", event => {
      const dialog = event.target.closest?.(DIALOG);
      if (!dialog) ask(event, changedDialogs().filter(each => event.target.contains(each)));
      else if (opened.has(dialog)) end(dialog);
    }, true);
  }

  parts.push({
    typed: () => [...opened].map(([dialog, { key, address, name, place }]) => ({ key, address, name, place, fields: changesOf(dialog) })),
    isChanged: () => changedDialogs().length > 0,
    offer,
  });
  addEventListener("load", watchDialogs);
}
