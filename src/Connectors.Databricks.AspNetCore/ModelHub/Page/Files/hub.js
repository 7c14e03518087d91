// The page: polls the list, and connects it with the filters, the detail view, the keyboard and the address.
// Of the files with the next line, Chromium compiles all functions while it loads them, on another thread.
//# allFunctionsCalledOnLoad

import { HubError, read } from "./api.js";
import * as detail from "./detail.js";
import { byId } from "./dom.js";
import * as list from "./list.js";

const interval = Number(document.body.dataset.interval);
const search = byId("search");
const live = byId("live");
let etag;
let timer;
let readAt;
let baseTitle = document.title;
let isLoaded = false;

// Polling

async function poll() {
  clearTimeout(timer);
  try {
    const answer = await read("endpoints");
    readAt = Date.now() - answer.age * 1000;
    if (!isLoaded || answer.etag === null || answer.etag !== etag) {
      etag = answer.etag;
      render(answer.data);
    }
    notice(answer);
    report(answer.isStale ? "stale" : answer.data.source === "workspace" ? "live" : "table");
  } catch (error) {
    fail(error instanceof HubError ? error : new HubError("The list could not be shown.", 0));
    if (!(error instanceof HubError)) console.error(error);
  }
  if (!document.hidden) timer = setTimeout(poll, interval);
}

function render(data) {
  byId("loading").hidden = true;
  byId("error").hidden = true;
  const started = performance.now();
  list.show(data.endpoints);
  performance.measure("hub-list", { start: started, end: performance.now() });
  if (!isLoaded) {
    isLoaded = true;
    restore();
    route();
  }
  detail.refresh(list.find);
}

function notice({ data, isStale }) {
  const texts = [];
  if (data.source === "capability-table") {
    texts.push(`No workspace is configured. This is the built-in table of models${data.tableDate ? ` of ${data.tableDate}` : ""}, not what is deployed.`);
  }
  if (isStale) texts.push("The workspace could not be read. This is the last list.");
  if (data.gaps > 0) texts.push("The list is incomplete: the app may not read a part of the workspace. Its log has the reason.");
  banner(texts.join(" "));
}

function banner(text) {
  const node = byId("banner");
  if (node.textContent !== text) node.textContent = text;
  node.hidden = text === "";
}

function fail(error) {
  report("offline");
  if (isLoaded) {
    banner(`${error.message} This is the last list.`);
    return;
  }
  byId("loading").hidden = true;
  byId("count").textContent = "No endpoints";
  byId("error-text").textContent = error.message;
  byId("error").hidden = false;
}

function report(state) {
  live.dataset.state = state;
  const seconds = Math.max(0, Math.round((Date.now() - readAt) / 1000));
  const age = seconds < 60 ? "just now" : `${Math.round(seconds / 60)} min ago`;
  const text = { live: `Live · ${age}`, stale: `Stale · ${age}`, table: "Capability table", offline: "Offline", loading: "Loading" }[state];
  if (byId("live-text").textContent !== text) byId("live-text").textContent = text;
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) void poll();
});
byId("retry").addEventListener("click", () => {
  byId("error").hidden = true;
  byId("loading").hidden = false;
  void poll();
});

// Search, filters and sort, which the address keeps

function changed() {
  list.apply();
  const { search: _, ...chosen } = list.criteria();
  const query = new URLSearchParams();
  if (search.value.trim()) query.set("q", search.value.trim());
  for (const facet of ["capability", "kind", "state"]) for (const value of chosen[facet]) query.append(facet, value);
  if (chosen.creator) query.set("creator", chosen.creator);
  if (byId("sort").value !== "listed") query.set("sort", byId("sort").value);
  const text = query.toString();
  window.history.replaceState(null, "", `${location.pathname}${text && `?${text}`}${location.hash}`);
}

function restore() {
  if (location.search === "") return;
  const query = new URLSearchParams(location.search);
  search.value = query.get("q") ?? "";
  for (const input of byId("facets").querySelectorAll("input")) input.checked = query.getAll(input.name).includes(input.value);
  byId("creator").value = query.get("creator") ?? "";
  if (byId("creator").selectedIndex < 0) byId("creator").value = "";
  byId("sort").value = query.get("sort") ?? "listed";
  if (byId("sort").selectedIndex < 0) byId("sort").value = "listed";
  if (byId("sort").value !== "listed") list.sort();
  list.apply();
}

function clear() {
  search.value = "";
  byId("facets").reset();
}

search.addEventListener("input", changed);
byId("facets").addEventListener("change", changed);
byId("facets").addEventListener("reset", () => setTimeout(changed));
byId("clear").addEventListener("click", () => {
  clear();
  search.focus();
});
byId("sort").addEventListener("change", () => {
  list.sort();
  changed();
});

// The detail view, which the address names

function route() {
  const name = location.hash.startsWith("#/") ? decode(location.hash.slice(2)) : undefined;
  const endpoint = name === undefined ? undefined : list.find(name);
  document.title = endpoint === undefined ? baseTitle : `${endpoint.name} – ${baseTitle}`;
  if (endpoint === undefined) detail.close();
  else void detail.open(endpoint);
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

window.addEventListener("hashchange", route);
byId("close").addEventListener("click", () => byId("detail").close());
byId("detail").addEventListener("click", event => {
  if (event.target === byId("detail")) byId("detail").close();
});
byId("detail").addEventListener("close", () => {
  const name = location.hash.startsWith("#/") ? decode(location.hash.slice(2)) : undefined;
  detail.close();
  if (location.hash.startsWith("#/")) {
    window.history.replaceState(null, "", location.pathname + location.search);
    document.title = baseTitle;
  }
  list.visibleLinks().find(link => link.textContent === name)?.focus();
});

// Keyboard

document.addEventListener("keydown", event => {
  if (event.ctrlKey || event.metaKey || event.altKey || detail.isOpen()) return;
  const isTyping = event.target.matches("input[type=search], select, textarea");
  if (event.key === "/" && !isTyping) {
    event.preventDefault();
    search.focus();
    search.select();
  } else if (event.key === "Escape" && event.target === search && search.value) {
    search.value = "";
    changed();
  } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && (event.target === search || event.target.closest("#endpoints"))) {
    const links = list.visibleLinks();
    const index = links.indexOf(event.target) + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (index < 0) search.focus();
    else links[Math.min(index, links.length - 1)]?.focus();
  }
});

// Theme

const themes = ["auto", "light", "dark"];
const themeButton = byId("theme");

function showTheme() {
  themeButton.textContent = `Theme: ${document.documentElement.dataset.theme}`;
}

themeButton.addEventListener("click", () => {
  const root = document.documentElement;
  root.dataset.theme = themes[(themes.indexOf(root.dataset.theme) + 1) % themes.length];
  // The server writes it into the page, so that it is there before the first paint.
  document.cookie = `model-hub-theme=${root.dataset.theme};path=${document.body.dataset.base || "/"};max-age=31536000;samesite=lax`;
  showTheme();
});
showTheme();

// On a wide screen the filters are always open.
const wide = matchMedia("(min-width: 70rem)");
const openFilters = () => { byId("filters").open = wide.matches; };
wide.addEventListener("change", openFilters);
openFilters();

void poll();
