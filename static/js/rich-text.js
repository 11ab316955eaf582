// Teaches the editor of rich text what a text may have besides; see portal/pages/editor.py. What is pasted goes through the server first,
// which makes lists, headings and tables of what word processors have instead: so the editor shows what will be saved.
"use strict";
{
  const api = window.CMS_Editor?.tiptap;
  const csrf = () => window.CMS?.config?.csrf || document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";

  // A phrase with a tag of its own, and what may be said of it.
  const mark = (name, tag, attributes, selectors = [tag]) => api?.register(name, ({Mark}) => Mark.create({
    name,
    addAttributes: () => Object.fromEntries(attributes.map(each => [each, {default: null}])),
    parseHTML: () => selectors.map(selector => ({tag: selector})),
    renderHTML: ({HTMLAttributes}) => [tag, HTMLAttributes, 0],
  }));
  mark("workTitle", "cite", []);
  mark("abbreviation", "abbr", ["title"]);
  mark("time", "time", ["datetime"]);
  mark("textLanguage", "span", ["lang", "dir"], ["span[lang]", "span[dir]"]);

  const button = (item, name, attributes) => api?.registerToolbarItem(item, {
    type: "mark",
    enabled: () => true,
    active: editor => editor.isActive(name),
    attributes: editor => ({...editor.getAttributes(name)}),
    action: editor => {
      if (!attributes.length) return editor.chain().focus().toggleMark(name).run();
      if (editor.isActive(name)) editor.commands.extendMarkRange(name);
      setTimeout(() => editor.commands.openCmsForm(item), 0);
    },
    formAction: (editor, data) => {
      const values = Object.fromEntries(attributes.map(each => [each, data?.get(each)?.trim() || null]));
      const edit = editor.chain().focus();
      (Object.values(values).some(Boolean) ? edit.setMark(name, values) : edit.unsetMark(name)).run();
    },
  });
  button("WorkTitle", "workTitle", []);
  button("Abbreviation", "abbreviation", ["title"]);
  button("Time", "time", ["datetime"]);
  button("TextLanguage", "textLanguage", ["lang", "dir"]);

  api?.register("richText", ({Extension, pm: {Plugin}}) => Extension.create({
    name: "richText",
    addGlobalAttributes: () => [
      {
        types: ["paragraph", "heading", "blockquote", "bulletList", "orderedList", "listItem", "table", "tableCell", "tableHeader"],
        attributes: {lang: {default: null}, dir: {default: null}},
      },
      {types: ["tableHeader"], attributes: {scope: {default: null}}},
    ],
    addProseMirrorPlugins() {
      const url = this.editor.options.settings?.pasted_url;
      const paste = (view, event) => {
        const html = event.clipboardData?.getData("text/html");
        const text = event.clipboardData?.getData("text/plain");
        if (!url || !html || html.includes("data-pm-slice")) return false; // of the editor itself
        event.preventDefault();
        fetch(url, {method: "POST", headers: {"X-CSRFToken": csrf()}, body: new URLSearchParams({html})})
          .then(answer => (answer.ok ? answer.text() : Promise.reject(answer)))
          .then(cleaned => view.pasteHTML(cleaned))
          .catch(() => view.pasteText(text || ""));
        return true;
      };
      return [new Plugin({props: {handleDOMEvents: {paste}}})];
    },
  }));
}
