// The pages work without this: it shows the preview and the remarks as one types, names the buttons
// after the template, fills the text without a round trip, and closes HubSpot's window.
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

  // Browsers do not do it by themselves in another site's window, and HubSpot's is one.
  document.querySelector("[autofocus]")?.focus();

  document.querySelector(".chips [aria-current]")?.scrollIntoView({ block: "nearest" });

  for (const time of document.querySelectorAll("time")) {
    const timeZone = time.dataset.zone;
    const style = { dateStyle: "medium", timeStyle: "long", ...(timeZone && { timeZone }) };
    time.textContent = new Date(time.dateTime).toLocaleString(document.documentElement.lang, style);
  }

  const form = document.querySelector("form[data-preview]");
  if (!form) return;
  const field = (name) => form.elements.namedItem(name);
  const counter = form.querySelector(".counter");
  const spoken = form.querySelector("[data-spoken]");
  const remarks = form.querySelector(".remarks");
  const bubble = form.querySelector(".bubble");

  const remark = (found) => {
    const lines = found.map(({ message, refuses }) => {
      const line = document.createElement("p");
      line.textContent = message;
      line.classList.toggle("refuses", refuses);
      return line;
    });
    // What has not changed is not read out again.
    const told = lines.map((line) => line.outerHTML).join("");
    if (told === remarks.dataset.told) return;
    remarks.dataset.told = told;
    remarks.replaceChildren(...lines);
  };

  let asked = 0;
  let quiet;
  const preview = async () => {
    const turn = ++asked;
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.preview, { method: "POST", body }).catch(() => null);
    const shown = await answer?.json().catch(() => null);
    if (!shown || turn !== asked) return;
    if (!answer.ok) return remark([{ message: shown.error.message, refuses: true }]);
    counter.textContent = shown.counter;
    if (bubble) bubble.textContent = shown.text;
    remark(shown.remarks);
    clearTimeout(quiet);
    quiet = setTimeout(() => (spoken.textContent = shown.counter), 1000);
  };
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(preview, 200);
    rename();
  });

  // A promotional SMS carries the mention whatever one wants: the box shows it, and cannot be undone.
  const type = form.querySelector("select#type");
  const stop = field("stop");
  if (type) {
    let chosen = "chosen" in stop.dataset;
    const oblige = () => {
      stop.disabled = type.value === "promotional";
      stop.checked = stop.disabled || chosen;
    };
    stop.addEventListener("change", () => (chosen = stop.checked));
    type.addEventListener("change", oblige);
    oblige();
  }

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
