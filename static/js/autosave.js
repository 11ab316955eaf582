// Keeps on this machine what staff type into a form, offers it if it was not saved, and asks before somebody leaves it.
// What was typed goes once it is saved, and at the logout. Without script the browser's own memory is all there is.
"use strict";
{
  const INTERVAL = 2000; // milliseconds
  const MAX_AGE = 14 * 24 * 60 * 60 * 1000; // milliseconds
  const MAX_SIZE = 1_000_000; // characters of all that one user has typed; the oldest goes first
  const KEY_PRESS = 500; // milliseconds
  const MAX_ROWS = 100; // that are added to a table of the form
  const SENT = "autosave sent"; // of the form that was sent from this tab; its frames share the tab's storage
  const SAVED = "autosave saved"; // of forms that are saved, from windows that close at once
  const LEFT = "autosave left"; // what a page held as it went, for a database may be closed on it
  const LOGOUT = "autosave logout"; // tells the other tabs
  const INLINE = ".cms-editor-inline-wrapper[data-cms-edit-url]"; // a text that is edited in its page
  const FORMS = "form[method=post]:not([action='#opinion'])"; // every one of staff, whatever page it stands on
  const RESENT = "form[data-resend]"; // what was sent and not taken, which stands in it hidden
  // Neither secrets nor files, nor what no hand has typed; nor the rows of a list that an action is meant for.
  const UNTYPED = ["hidden", "password", "file", "submit", "button", "image", "reset"].map(type => `[type=${type}]`);
  const FIELDS = `:is(textarea:not([hidden], #id_json), select, input:not(${UNTYPED}, [autocomplete=one-time-code]))`;
  const ACTIONS = ".actions *, .action-select, #action-toggle";
  // Django's two boxes: what stands in the second is chosen, and one select is made into both as the page loads.
  const OFFERED = ".selector-available select";
  const CHOSEN = ".selector-chosen select";

  const template = document.getElementById("autosave");
  const { user, logout, question, logoutQuestion } = template.dataset;
  const records = new Map(); // {key, user, at, address, name, fields} of what this user has typed, by key
  const watched = []; // {form, address, name, key, base: values as the server sent them}
  const inline = new Map(); // address of a text in its page: key
  const parts = []; // {typed(), isChanged(), offer()} of what other scripts keep; see autosave-dialogs.js
  let database; // IndexedDB, for a browser that is killed loses what localStorage was given in the last minute
  let isLeaving = false; // a form is on its way, or its words are left
  let isSentByScript = false;
  let isStopped = false; // logged out
  let answer; // to the question of this very moment

  const isBlank = value => !value?.length || (Array.isArray(value) && value.every(([option]) => !option));
  const same = (one, other) => (isBlank(one) && isBlank(other) && one !== true && other !== true) || JSON.stringify(one) === JSON.stringify(other);
  const isBox = field => ["checkbox", "radio"].includes(field.type);
  const newKey = () => `${user} ${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;
  const editorOf = element => window.cms_editor_plugin?._editors?.[element.id];
  const isTyped = field => field.name && field.matches(FIELDS) && !field.matches(`${ACTIONS}, ${OFFERED}`) && !field.name.includes("__prefix__");
  const fieldsOf = form => [...form.elements].filter(isTyped);
  // Boxes that share a name are told apart by their values.
  const nameOf = field => (isBox(field) ? `${field.name}=${field.value}` : field.name);
  const fieldNamed = (form, name) => fieldsOf(form).find(field => nameOf(field) === name);

  // The page or list from which a form was opened, or that is shown around it, stands in its query, and says nothing of the record.
  function addressOf(url) {
    const { pathname, searchParams } = new URL(url, location.href);
    for (const name of ["cms_path", "cms_history", "_changelist_filters", "_popup", "_to_field", "show", "page"]) searchParams.delete(name);
    return `${pathname}?${searchParams}`;
  }

  function valueOf(field) {
    if (isBox(field)) return field.checked;
    // With their labels: an autocomplete has no option but the chosen ones.
    if (field.localName === "select") {
      const chosen = [...(field.matches(CHOSEN) ? field.options : field.selectedOptions)].map(option => [option.value, option.text]);
      return field.matches(`${CHOSEN}, .selectfilter`) ? chosen.sort() : chosen;
    }
    return editorOf(field)?.getHTML() ?? field.value;
  }

  const valuesOf = form => new Map(fieldsOf(form).map(field => [nameOf(field), valueOf(field)]));

  function setValue(field, value) {
    if (isBox(field)) field.checked = value;
    else if (field.matches(CHOSEN)) moveTo(field, value.map(([chosen]) => chosen));
    else if (field.localName === "select") {
      for (const option of field.options) option.selected = false;
      for (const [chosen, label] of value) {
        let option = [...field.options].find(each => each.value === chosen);
        if (!option) field.add((option = new Option(label, chosen)));
        option.selected = true;
      }
    } else if (editorOf(field)) editorOf(field).commands.setContent(value, { emitUpdate: true });
    else field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, { bubbles: true }));
  }

  function moveTo({ id }, chosen) {
    const offered = document.getElementById(id.replace(/_to$/, "_from"));
    window.SelectBox.move_all(id, offered.id);
    for (const option of offered.options) option.selected = chosen.includes(option.value);
    window.SelectBox.move(offered.id, id);
  }

  // Adds rows to a table of the form as a hand would, until it has the field.
  function addRows(form, name) {
    const prefix = /^(.+?)-\d+-/.exec(name)?.[1];
    const button = prefix && document.querySelector(`#${CSS.escape(prefix)}-group .add-row a`);
    for (let row = 0; button && row < MAX_ROWS && !fieldNamed(form, name); row++) button.click();
  }

  // Returns what differs from what the server sent, as [name, value, value that the server sent].
  function changesOf({ form, base }) {
    return [...valuesOf(form)].filter(([name, value]) => !same(value, base.get(name))).map(([name, value]) => [name, value, base.get(name)]);
  }

  const unsavedInline = () => [...document.querySelectorAll(INLINE)].filter(element => element.dataset.changed === "true");
  const isSaving = () => Boolean(window.CMS_Editor?._pendingSaves?.size);

  const unsavedFrames = (within = "") =>
    [...document.querySelectorAll(`${within} iframe`)].filter(frame => frame.contentWindow?.hasUnsavedChanges?.());

  // The windows of the CMS are frames, and ask theirs.
  window.hasUnsavedChanges = () =>
    !isLeaving && (watched.some(each => changesOf(each).length > 0) || unsavedInline().length > 0 ||
      parts.some(each => each.isChanged()) || Boolean(document.querySelector(RESENT)) || unsavedFrames().length > 0);

  window.leaveChanges = () => {
    storeAll();
    isLeaving = true;
  };

  // Asks once, though the CMS closes its window twice at one press of Esc.
  function mayLeave(within) {
    const frames = unsavedFrames(within);
    if (!frames.length) return true;
    if (answer === undefined) {
      answer = confirm(question);
      setTimeout(() => (answer = undefined), KEY_PRESS);
    }
    if (answer) for (const frame of frames) frame.contentWindow.leaveChanges();
    return answer;
  }

  function open() {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open("autosave", 1);
      request.onupgradeneeded = () => request.result.createObjectStore("records", { keyPath: "key" });
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
  }

  function read() {
    return new Promise((resolve, reject) => {
      const request = database.transaction("records").objectStore("records").getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
  }

  // Commits at once, for the page may be gone in a moment.
  function write(act) {
    const transaction = database.transaction("records", "readwrite");
    act(transaction.objectStore("records"));
    transaction.commit();
  }

  function drop(key) {
    records.delete(key);
    write(store => store.delete(key));
  }

  function put(record) {
    const { key, fields } = record;
    const before = records.get(key);
    if (!fields.length) return before && drop(key);
    if (before && same(before.fields, fields)) return;
    let size = sizeOf(record);
    for (const other of newestFirst()) if (other.key !== key && (size += sizeOf(other)) > MAX_SIZE) drop(other.key);
    records.set(key, record);
    write(store => store.put(record));
  }

  const sizeOf = record => JSON.stringify(record.fields).length;
  const newestFirst = () => [...records.values()].sort((one, other) => other.at - one.at);
  const recordsOf = (address, name) => newestFirst().filter(record => record.address === address && record.name === name);

  // Returns a record of each form and text as it stands, without fields if nothing is changed.
  function typed() {
    const texts = unsavedInline().map(element => {
      const address = addressOf(element.dataset.cmsEditUrl);
      if (!inline.has(address)) inline.set(address, newKey());
      return { key: inline.get(address), address, name: "text_form", fields: [["body", editorOf(element).getHTML()]] };
    });
    const forms = watched.map(each => ({ key: each.key, address: each.address, name: each.name, fields: changesOf(each) }));
    return [...forms, ...texts, ...parts.flatMap(each => each.typed())].map(each => ({ ...each, user, at: Date.now() }));
  }

  function storeAll() {
    if (!database || isStopped) return;
    for (const key of JSON.parse(localStorage.getItem(SAVED) ?? "[]")) drop(key);
    localStorage.removeItem(SAVED);
    if (isLeaving) return;
    for (const record of typed()) put(record);
    if (!isSaving() && !unsavedInline().length) for (const key of inline.values()) if (records.has(key)) drop(key);
  }

  const left = () => JSON.parse(localStorage.getItem(LEFT) ?? "[]");

  // What storeAll begins may not end before the page does, nor has the database of a young page been opened.
  function leave() {
    settleCreation();
    storeAll();
    if (isStopped || isLeaving) return;
    const records = typed().filter(record => record.fields.length);
    if (records.length) localStorage.setItem(LEFT, JSON.stringify([...left(), ...records]));
  }

  function takeLeft() {
    const records = left();
    localStorage.removeItem(LEFT);
    write(store => records.forEach(record => store.put(record)));
  }

  // Notes what was sent as saved if this page answers a form that is: by a redirect, or by closing its window.
  function settle() {
    const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
    if (!sent) return null;
    const [navigation] = performance.getEntriesByType("navigation");
    const isAnswer = document.referrer && new URL(document.referrer).pathname === sent.path;
    const isRedirected = isAnswer && navigation.redirectCount > 0 && !document.querySelector(".account-page");
    if (!isRedirected && !("saved" in template.dataset)) return sent.key;
    noteSaved(sent.key);
    return null;
  }

  function noteSaved(key) {
    localStorage.setItem(SAVED, JSON.stringify([...JSON.parse(localStorage.getItem(SAVED) ?? "[]"), key]));
    sessionStorage.removeItem(SENT);
  }

  // The CMS answers what creates a page with a link to it alone, in its window, and follows that.
  function settleCreation() {
    const sent = JSON.parse(sessionStorage.getItem(SENT) ?? "null");
    const frames = [...document.querySelectorAll(".cms-modal-frame iframe")];
    if (sent && frames.some(frame => frame.contentDocument?.querySelector("a.cms-view-new-object"))) noteSaved(sent.key);
  }

  function watch(form) {
    const name = form.getAttribute("id") ?? fieldsOf(form)[0].name;
    // A form may stand on a page of another address than the one that takes it, and comes back from that.
    const address = addressOf(form.getAttribute("action") || location.href);
    watched.push({ form, address, name, key: newKey(), base: valuesOf(form) });
  }

  // Notes that a form is on its way, from the page that it is in.
  function send(form) {
    const each = watched.find(other => other.form === form);
    if (!each && !form.matches(RESENT)) return;
    storeAll();
    isLeaving = true;
    const { pathname } = form.ownerDocument.defaultView.location;
    const { key } = each ?? JSON.parse(sessionStorage.getItem(SENT) ?? "{}");
    if (key) sessionStorage.setItem(SENT, JSON.stringify({ key, path: pathname }));
  }

  function offer(each, sent) {
    for (const record of recordsOf(each.address, each.name)) {
      const isShown = record.fields.every(([name, value]) => same(value, each.base.get(name)));
      const isOvertaken = record.fields.some(([name, , base]) => !same(base, each.base.get(name)));
      if (!isShown) each.form.prepend(bar(record, isOvertaken, () => bringBack(each, record)));
      else if (record.key !== sent) drop(record.key);
      else {
        // The form was refused, and shows what was typed: it is as unsaved as before.
        for (const [name, , base] of record.fields) each.base.set(name, base);
        each.key = sent;
        sessionStorage.removeItem(SENT);
      }
    }
  }

  function bringBack(each, { key, fields }) {
    for (const [name, value] of fields) {
      addRows(each.form, name);
      const field = fieldNamed(each.form, name);
      if (!field) continue;
      setValue(field, value);
      for (let around = field; (around = around.parentElement?.closest("details")); ) around.open = true;
    }
    drop(key);
    storeAll();
    fieldNamed(each.form, fields[0][0])?.focus();
  }

  function bringBackInline(element, { key, fields }) {
    if (!editorOf(element)) window.CMS_Editor.init(element);
    editorOf(element).commands.setContent(fields[0][1], { emitUpdate: true });
    element.dataset.changed = "true";
    drop(key);
    storeAll();
    editorOf(element).commands.focus(); // the text is saved once it is left
  }

  // Returns the bar that offers what was typed.
  function bar(record, isOvertaken, take) {
    const element = template.content.firstElementChild.cloneNode(true);
    const language = document.documentElement.lang;
    const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short" });
    element.querySelector("time").textContent = format.format(record.at);
    element.querySelector(".autosave-overtaken").hidden = !isOvertaken;
    const [bring, discard] = element.querySelectorAll("button");
    element.dataset.key = record.key;
    bring.addEventListener("click", () => (removeBars(record), take()));
    discard.addEventListener("click", () => (removeBars(record), drop(record.key)));
    return element;
  }

  // The words of a small window are offered in it, and over the text.
  function removeBars({ key }) {
    for (const element of document.querySelectorAll(`.autosave[data-key="${key}"]`)) element.remove();
  }

  function forget(event) {
    if (window.hasUnsavedChanges() && !confirm(logoutQuestion)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    isLeaving = isStopped = true;
    localStorage.setItem(LEFT, JSON.stringify(left().filter(record => record.user !== user)));
    if (database) write(store => store.delete(IDBKeyRange.bound(`${user} `, `${user} \uffff`)));
    localStorage.setItem(LOGOUT, user);
    localStorage.removeItem(LOGOUT);
  }

  // Asks before a window of the CMS is closed, by Esc or by its buttons, and before another is opened in its place.
  function askInWindowsOfTheCMS() {
    const { API, Modal, Sideframe } = window.CMS ?? {};
    if (!API?.Helpers || !Modal) return;
    API.Helpers.addEventListener("modal-load", (event, { instance }) => (instance._confirmDirtyEscCancel = () => true));
    for (const [kind, within] of [[Modal, ".cms-modal-frame"], [Sideframe, ".cms-sideframe-frame"]]) {
      for (const name of ["open", "close"]) {
        const act = kind.prototype[name];
        kind.prototype[name] = function (...given) {
          return mayLeave(within) ? act.apply(this, given) : this;
        };
      }
    }
  }

  async function load(sent) {
    database = await open();
    takeLeft();
    for (const record of await read()) {
      if (Date.now() - record.at > MAX_AGE) drop(record.key);
      else if (record.user === user) records.set(record.key, record);
    }
    storeAll();
    for (const each of watched) offer(each, sent);
    for (const element of document.querySelectorAll(INLINE)) {
      for (const record of recordsOf(addressOf(element.dataset.cmsEditUrl), "text_form")) {
        document.querySelector("main").prepend(bar(record, false, () => bringBackInline(element, record)));
      }
    }
    for (const each of parts) each.offer();
    setInterval(storeAll, INTERVAL);
  }

  window.autosave = { INLINE, parts, watched, addressOf, editorOf, newKey, newestFirst, recordsOf, storeAll, drop, bar, removeBars };

  function start() {
    const sent = settle();
    addEventListener("DOMContentLoaded", () => {
      if (document.querySelector(".account-page")) return; // passwords and codes
      for (const form of document.querySelectorAll(FORMS)) if (fieldsOf(form).length) watch(form);
    });
    addEventListener("load", () => {
      askInWindowsOfTheCMS();
      load(sent);
    });
    // While it is on its way down: the CMS sends forms by an event that does not bubble.
    addEventListener("submit", event => {
      if (event.target.getAttribute("action") === logout) forget(event);
      else {
        send(event.target);
        setTimeout(() => (isLeaving &&= isSentByScript || !event.defaultPrevented));
      }
    }, true);
    // A script sends a form without such an event, and may have held back the one before.
    const { submit } = HTMLFormElement.prototype;
    HTMLFormElement.prototype.submit = function () {
      send(this);
      isSentByScript = isLeaving;
      submit.call(this);
    };
    addEventListener("click", event => event.target.closest?.(`a[href="${logout}"]`) && forget(event), true);
    addEventListener("pointerdown", () => (answer = undefined), true);
    addEventListener("input", () => (isLeaving = isSentByScript = false)); // no answer has come
    addEventListener("beforeunload", event => window.hasUnsavedChanges() && event.preventDefault());
    addEventListener("pagehide", leave);
    addEventListener("visibilitychange", storeAll);
    addEventListener("storage", event => event.key === LOGOUT && event.newValue === user && (isStopped = true));
  }

  if (user) start();
}
