// Keeps an open page fresh; every page works without it.
"use strict";

const PERIOD = 1000;
const clock = document.getElementById("clock");
const rate = document.getElementById("rate");
let moment = clock && Date.parse(clock.dateTime);
let mark = performance.now();

function showClock() {
  const now = new Date(moment + (performance.now() - mark) * Number(clock.dataset.rate));
  clock.textContent = now.toLocaleTimeString("fr-FR", { timeZone: "Europe/Paris" });
}

function setClock(header) {
  const [at, speed] = header.split(" ");
  moment = Date.parse(at);
  mark = performance.now();
  clock.dataset.rate = speed;
  rate.textContent = speed === "0" ? rate.dataset.paused : `×${speed}`;
}

// Replaces what a region holds; focus and open details stay where they are.
function swap(shown, fresh) {
  const focused = shown.contains(document.activeElement) && document.activeElement.id;
  const opened = [...shown.querySelectorAll("details[open][id]")].map((details) => details.id);
  shown.innerHTML = fresh.innerHTML;
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused) document.getElementById(focused)?.focus();
}

// Adds and removes children by id, and leaves the others to their own regions.
function sync(shown, fresh) {
  const wanted = [...fresh.children];
  for (const child of [...shown.children]) {
    if (!wanted.some((one) => one.id === child.id)) child.remove();
  }
  wanted.forEach((child, place) => {
    const known = document.getElementById(child.id);
    if (!known) shown.insertBefore(document.importNode(child, true), shown.children[place] ?? null);
  });
}

function refresh(page) {
  let changed = false;
  for (const fresh of page.querySelectorAll("[data-live]")) {
    const shown = document.getElementById(fresh.id);
    if (!shown || shown.innerHTML === fresh.innerHTML) continue;
    if (fresh.dataset.live === "list") sync(shown, fresh);
    else swap(shown, fresh);
    changed = true;
  }
  for (const thread of document.querySelectorAll(".thread")) thread.scrollTop = thread.scrollHeight;
  document.body.dataset.seen = page.body.dataset.seen;
  const news = document.getElementById("news");
  if (changed) news.textContent = news.dataset.says;
}

async function look() {
  if (document.hidden) return;
  const headers = { "if-none-match": `"${document.body.dataset.seen}"` };
  const answer = await fetch(location.href.split("#")[0], { headers });
  if (answer.headers.has("x-clock")) setClock(answer.headers.get("x-clock"));
  if (answer.status !== 200) return;
  refresh(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

// One look at a time: the next is asked for once this one is over, whatever came of it.
async function follow() {
  await look().catch(() => {});
  setTimeout(follow, PERIOD);
}

if (clock) {
  setInterval(showClock, 250);
  setTimeout(follow, PERIOD);
}
for (const thread of document.querySelectorAll(".thread")) thread.scrollTop = thread.scrollHeight;
