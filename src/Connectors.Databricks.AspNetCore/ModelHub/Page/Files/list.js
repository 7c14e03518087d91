// The list: one row for each endpoint, made once. Searching and filtering hide rows, sorting moves them, and polling replaces what changed.

import { byId, cost, element, tokens, words } from "./dom.js";

const stateOrder = ["failed", "degraded", "updating", "stopped", "ready", "unknown"];
const facets = ["capability", "kind", "state"];
const rows = new Map();
const list = byId("endpoints");
const template = byId("row").content.firstElementChild;
let items = [];
let hasPrices = false;

const valuesOf = {
  capability: item => item.endpoint.capabilities,
  kind: item => [item.endpoint.kind],
  state: item => [item.endpoint.state],
};

const orders = {
  listed: (a, b) => a.index - b.index,
  name: (a, b) => (a.endpoint.name < b.endpoint.name ? -1 : 1),
  state: (a, b) => stateOrder.indexOf(a.endpoint.state) - stateOrder.indexOf(b.endpoint.state) || a.index - b.index,
  kind: (a, b) => (a.endpoint.kind === b.endpoint.kind ? a.index - b.index : a.endpoint.kind < b.endpoint.kind ? -1 : 1),
  context: (a, b) => (b.endpoint.contextWindow ?? 0) - (a.endpoint.contextWindow ?? 0) || a.index - b.index,
  newest: (a, b) => (b.endpoint.createdAt ?? "").localeCompare(a.endpoint.createdAt ?? "") || a.index - b.index,
  price: (a, b) => (a.endpoint.inputCostPerToken ?? 1e9) - (b.endpoint.inputCostPerToken ?? 1e9) || a.index - b.index,
};

export const find = name => rows.get(name)?.endpoint;
export const visibleLinks = () => items.filter(item => !item.row.hidden).map(item => item.row.firstElementChild.firstElementChild);

/** Shows a new list. Rows of endpoints that did not change stay as they are, with the focus and the scroll position. */
export function show(endpoints) {
  hasPrices = endpoints.some(endpoint => endpoint.inputCostPerToken !== undefined);
  document.body.toggleAttribute("data-prices", hasPrices);
  byId("sort").querySelector("[value=price]").hidden = !hasPrices;
  const isFirst = rows.size === 0;
  const seen = new Set();
  let hasMoved = isFirst;
  items = [];
  for (const [index, endpoint] of endpoints.entries()) {
    if (seen.has(endpoint.name)) continue;
    seen.add(endpoint.name);
    let item = rows.get(endpoint.name);
    if (item === undefined) {
      item = { endpoint, index, row: template.cloneNode(true), text: undefined };
      rows.set(endpoint.name, item);
      fill(item);
      hasMoved = true;
    } else {
      hasMoved ||= item.index !== index;
      item.index = index;
      if (JSON.stringify(item.endpoint) !== JSON.stringify(endpoint)) {
        item.endpoint = endpoint;
        item.text = undefined;
        fill(item);
      }
    }
    items.push(item);
  }

  for (const [name, item] of rows) {
    if (!seen.has(name)) {
      item.row.remove();
      rows.delete(name);
    }
  }

  showFacets();
  if (hasMoved) sort();
  apply();
}

function fill({ endpoint, row }) {
  const [name, state, kind, can, context, price, creator] = row.children;
  const [link, details] = name.children;
  link.textContent = endpoint.name;
  link.href = `#/${encodeURIComponent(endpoint.name)}`;
  details.textContent = endpoint.description ?? endpoint.models.join(", ");
  state.textContent = endpoint.state;
  state.dataset.state = endpoint.state;
  kind.textContent = words(endpoint.kind);
  can.textContent = endpoint.capabilities.length > 0 ? endpoint.capabilities.map(words).join(" · ") : words(endpoint.mode);
  context.textContent = tokens(endpoint.contextWindow);
  if (hasPrices) price.textContent = cost(endpoint);
  creator.textContent = endpoint.creator ?? "";
}

const textOf = item => item.text ??= [
  item.endpoint.name, item.endpoint.description, item.endpoint.kind, item.endpoint.mode, item.endpoint.task, item.endpoint.creator,
  ...item.endpoint.models, ...item.endpoint.tags.flatMap(tag => [tag.key, tag.value]),
].filter(Boolean).join("\n").toLowerCase();

export function sort() {
  items.sort(orders[byId("sort").value] ?? orders.listed);
  list.append(...items.map(item => item.row));
}

/** The search and the filters that are set. */
export function criteria() {
  const chosen = {};
  for (const facet of facets) chosen[facet] = [...byId(`facet-${facet}`).querySelectorAll("input:checked")].map(input => input.value);
  return { search: byId("search").value.trim().toLowerCase(), creator: byId("creator").value, ...chosen };
}

export function apply() {
  const { search, creator, ...chosen } = criteria();
  const terms = search.split(/\s+/).filter(Boolean);
  const active = facets.filter(facet => chosen[facet].length > 0);
  let shown = 0;
  for (const item of items) {
    // A capability is required with the others; of kinds and states, one is enough.
    const isShown = (creator === "" || item.endpoint.creator === creator)
      && active.every(facet => facet === "capability"
        ? chosen[facet].every(value => valuesOf[facet](item).includes(value))
        : chosen[facet].includes(valuesOf[facet](item)[0]))
      && (terms.length === 0 || terms.every(term => textOf(item).includes(term)));
    if (item.row.hidden === isShown) item.row.hidden = !isShown;
    if (isShown) shown++;
  }

  const filters = active.reduce((sum, facet) => sum + chosen[facet].length, creator === "" ? 0 : 1);
  byId("filter-count").textContent = filters;
  byId("filter-count").hidden = filters === 0;
  byId("count").textContent = shown === items.length
    ? `${shown.toLocaleString("en")} endpoint${shown === 1 ? "" : "s"}`
    : `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")} endpoints`;
  byId("empty").hidden = shown > 0 || items.length === 0;
  byId("none").hidden = items.length > 0;
}

function showFacets() {
  for (const facet of facets) {
    const counts = new Map();
    for (const item of items) for (const value of valuesOf[facet](item)) counts.set(value, (counts.get(value) ?? 0) + 1);
    const field = byId(`facet-${facet}`);
    const key = JSON.stringify([...counts].sort());
    if (field.dataset.values === key) continue;
    field.dataset.values = key;
    const checked = new Set(criteria()[facet]);
    field.querySelectorAll("label").forEach(label => label.remove());
    field.append(...[...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => element("label", {},
      element("input", { type: "checkbox", name: facet, value, checked: checked.has(value) }),
      element("span", { text: words(value) }), element("span", { class: "count", text: count }))));
    field.hidden = counts.size === 0;
  }

  const creators = [...new Set(items.map(item => item.endpoint.creator).filter(Boolean))].sort();
  const select = byId("creator");
  const key = JSON.stringify(creators);
  byId("facet-creator").hidden = creators.length === 0;
  if (select.dataset.values === key) return;
  select.dataset.values = key;
  const chosen = select.value;
  select.replaceChildren(element("option", { value: "", text: "Anyone" }), ...creators.map(name => element("option", { value: name, text: name })));
  select.value = creators.includes(chosen) ? chosen : "";
}
