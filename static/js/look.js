// Says of each colour of the site, while it is chosen, whether it can be read, and shows a specimen of both themes.
// What is refused and what follows from a colour is computed by the site; without script it says so once the form is sent.
"use strict";
addEventListener("DOMContentLoaded", () => {
  const look = document.querySelector("[data-look]");
  if (!look) return;
  const inputs = [...look.closest("fieldset").querySelectorAll("input[type=color]")];
  let asked = 0;

  const say = (input, refused) => {
    const place = places.get(input);
    // What the site has refused is said here again, with the button, or is mended.
    input.closest(".desk-field, .form-row")?.querySelector(".errorlist")?.remove();
    place.replaceChildren();
    if (refused) {
      input.setAttribute("aria-invalid", "true");
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = refused.take;
      button.addEventListener("click", () => {
        input.value = refused.nearest;
        input.focus();
        input.dispatchEvent(new Event("input", {bubbles: true}));
      });
      place.append(refused.sentence, " ", button);
    } else {
      input.removeAttribute("aria-invalid");
    }
  };

  const check = async () => {
    const number = ++asked;
    const query = new URLSearchParams(inputs.map(input => [input.name, input.value]));
    const response = await fetch(`${look.dataset.look}?${query}`).catch(() => null);
    // An answer that comes after a later question is about colours that are chosen no more.
    if (!response?.ok || response.redirected || number !== asked) return;
    const {refused, colours} = await response.json();
    inputs.forEach(input => say(input, refused[input.name]));
    for (const figure of look.querySelectorAll("[data-of]")) {
      for (const [token, colour] of Object.entries(colours[figure.dataset.of])) figure.style.setProperty(`--${token}`, colour);
    }
  };

  const places = new Map(inputs.map(input => {
    const place = document.createElement("p");
    place.className = "look-refused";
    place.setAttribute("role", "status");
    input.after(place);
    input.addEventListener("input", check);
    return [input, place];
  }));
  // A form that came back holds colours of which the specimen knows nothing yet.
  if (look.closest("form").querySelector(".errorlist")) check();
});
