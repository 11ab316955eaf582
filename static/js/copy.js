// A button that copies what the element before it says. It is not offered where the browser does not let a page copy.
"use strict";
for (const button of document.querySelectorAll(".copy")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.previousElementSibling.innerText.trim());
    button.nextElementSibling.textContent = button.dataset.done;
  });
}
