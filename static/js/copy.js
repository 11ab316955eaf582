// Copies the text of the element before the button. Without script, or where a page may not use the clipboard, the button stays hidden.
"use strict";
for (const button of document.querySelectorAll(".copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.innerText.trim());
    button.nextElementSibling.textContent = button.dataset.done;
  });
}
