// Says it on the page when a key is not there or does not answer; allauth would tell the console alone.
"use strict";
document.addEventListener("allauth.error", event => {
  event.preventDefault();
  document.querySelector(".passkey-trouble").hidden = false;
});
