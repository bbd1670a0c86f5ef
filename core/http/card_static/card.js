// The pages work without this: it shows the preview as one types, names the buttons after the
// template, fills the text without a round trip, and closes HubSpot's window.
"use strict";
(() => {
  document.documentElement.classList.add("scripted");
  const close = (action) => window.parent.postMessage(JSON.stringify({ action }), "*");
  if (document.body.dataset.closeNow) close(document.body.dataset.closeNow);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (!button || window.parent === window) return;
    event.preventDefault();
    close(button.dataset.close);
  });

  const form = document.querySelector("form[data-preview]");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const counter = form.querySelector(".counter");
  const bubble = form.querySelector(".bubble");

  let asked = 0;
  const preview = async () => {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.preview, { method: "POST", body }).catch(() => null);
    if (!answer || !answer.ok || turn !== asked) return;
    const shown = await answer.json();
    counter.textContent = shown.counter;
    if (bubble) bubble.textContent = shown.text;
  };
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(preview, 200);
    rename();
  });

  form.addEventListener("click", (event) => {
    const chip = event.target.closest("[data-fills]");
    if (!chip) return;
    event.preventDefault();
    field("text").value = chip.dataset.fills;
    field("text").focus();
    preview();
  });

  const keep = form.querySelector("[data-new]");
  const drop = form.querySelector("[data-drop]");
  function rename() {
    if (!keep) return;
    const name = field("name").value.trim().replace(/\s+/g, " ");
    const known = JSON.parse(form.dataset.known).includes(name);
    keep.textContent = [known ? keep.dataset.known : keep.dataset.new, name].join(" ").trim();
    drop.textContent = `${drop.dataset.drop} ${name}`;
    drop.hidden = !known;
  }
})();
