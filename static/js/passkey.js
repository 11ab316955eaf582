// Shows an error on the page when a passkey is missing or does not answer; allauth would only log it to the console.
"use strict";
document.addEventListener("allauth.error", event => {
  event.preventDefault();
  document.querySelector(".passkey-trouble").hidden = false;
});
