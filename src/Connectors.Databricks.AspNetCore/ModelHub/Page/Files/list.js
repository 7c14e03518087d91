// The list: one row for each endpoint, made once. Searching and filtering hide rows, sorting moves them, and polling replaces what changed.
//# allFunctionsCalledOnLoad

import { byId, cost, count, element, tokens, words } from "./dom.js";

const stateOrder = ["failed", "degraded", "updating", "stopped", "ready", "unknown"];
const facets = ["capability", "kind", "state"];
const list = byId("endpoints");
const template = byId("row").content.firstElementChild;
const choiceTemplate = byId("choice").content.firstElementChild;

/** A row of each group of endpoints, without the texts of a single one. */
let templates = [];
let items = [];
let hasPrices = false;

/** How many rows the search and the filters hide. */
let hidden = 0;

const orders = {
  listed: (a, b) => a.index - b.index,
  name: (a, b) => (a.endpoint.name < b.endpoint.name ? -1 : 1),
  state: (a, b) => stateOrder.indexOf(a.endpoint.state) - stateOrder.indexOf(b.endpoint.state) || a.index - b.index,
  kind: (a, b) => (a.endpoint.kind === b.endpoint.kind ? a.index - b.index : a.endpoint.kind < b.endpoint.kind ? -1 : 1),
  context: (a, b) => (b.endpoint.contextWindow ?? 0) - (a.endpoint.contextWindow ?? 0) || a.index - b.index,
  newest: (a, b) => (b.endpoint.createdAt ?? "").localeCompare(a.endpoint.createdAt ?? "") || a.index - b.index,
  price: (a, b) => (a.endpoint.inputCostPerToken ?? 1e9) - (b.endpoint.inputCostPerToken ?? 1e9) || a.index - b.index,
};

export const find = name => items.find(item => item.endpoint.name === name)?.endpoint;
export const visibleLinks = () => items.filter(item => item.isShown).map(item => item.row.firstElementChild);

/** Shows a new list. Rows of endpoints that did not change stay as they are, with the focus and the scroll position. */
export function show(endpoints) {
  showPrices(endpoints.some(endpoint => endpoint.inputCostPerToken !== undefined));
  templates = [];
  if (items.length === 0) fill(endpoints);
  else merge(endpoints);
  showFacets();
  apply();
}

function fill(endpoints) {
  const added = document.createDocumentFragment();
  for (const endpoint of endpoints) {
    const item = { endpoint, index: items.length, row: rowOf(endpoint), isShown: true, text: undefined };
    items.push(item);
    added.appendChild(item.row);
  }
  list.appendChild(added);
  if (byId("sort").value !== "listed") sort();
}

function merge(endpoints) {
  const before = new Map(items.map(item => [item.endpoint.name, item]));
  let hasMoved = false;
  items = endpoints.map((endpoint, index) => {
    const item = before.get(endpoint.name);
    before.delete(endpoint.name);
    if (item === undefined) {
      hasMoved = true;
      return { endpoint, index, row: rowOf(endpoint), isShown: true, text: undefined };
    }
    hasMoved ||= item.index !== index;
    item.index = index;
    update(item, endpoint);
    return item;
  });
  for (const item of before.values()) item.row.remove();
  if (hasMoved) sort();
}

function showPrices(isWanted) {
  if (hasPrices === isWanted) return;
  hasPrices = isWanted;
  document.body.toggleAttribute("data-prices", isWanted);
  byId("sort").querySelector("[value=price]").hidden = !isWanted;
  for (const item of items) item.isOutdated = true;
}

function update(item, endpoint) {
  if (!item.isOutdated && textOfAll(item.endpoint) === textOfAll(endpoint)) return;
  const hasFocus = item.row.contains(document.activeElement);
  const row = rowOf(endpoint);
  row.hidden = !item.isShown;
  item.row.replaceWith(row);
  Object.assign(item, { endpoint, row, text: undefined, isOutdated: false });
  if (hasFocus) row.firstElementChild.focus({ preventScroll: true });
}

// The numbers of groups are those of one list.
const textOfAll = endpoint => JSON.stringify(endpoint, (key, value) => key === "group" ? undefined : value);

function rowOf(endpoint) {
  const shared = templates[endpoint.group] ??= templateOf(endpoint);
  const row = shared.cloneNode(true);
  const link = row.firstChild;
  const details = link.nextSibling;
  link.setAttribute("href", `#/${encodeURIComponent(endpoint.name)}`);
  link.textContent = endpoint.name;
  details.textContent = endpoint.description ?? endpoint.models.join(", ");
  if (endpoint.creator) details.nextSibling.textContent = endpoint.creator;
  return row;
}

function templateOf(endpoint) {
  const row = template.cloneNode(true);
  const [, , , state, kind, can, context, priceCell] = row.children;
  state.textContent = endpoint.state;
  state.dataset.state = endpoint.state;
  kind.textContent = words(endpoint.kind);
  can.textContent = words(endpoint.capabilities.length > 0 ? endpoint.capabilities.join(" · ") : endpoint.mode);
  context.textContent = tokens(endpoint.contextWindow);
  if (hasPrices) priceCell.textContent = cost(endpoint);
  else priceCell.remove();
  return row;
}

const textOf = item => item.text ??= [
  item.endpoint.name, item.endpoint.description, item.endpoint.kind, item.endpoint.mode, item.endpoint.task, item.endpoint.creator,
  ...item.endpoint.models, ...item.endpoint.tags.flatMap(tag => [tag.key, tag.value]),
].filter(Boolean).join("\n").toLowerCase();

/** Moves the rows that are not in their place. The row with the focus keeps it. */
export function sort() {
  const focused = list.contains(document.activeElement) ? document.activeElement : undefined;
  items.sort(orders[byId("sort").value] ?? orders.listed);
  let next = list.firstElementChild;
  for (const { row } of items) {
    if (row === next) next = next.nextElementSibling;
    else list.insertBefore(row, next);
  }
  if (focused !== document.activeElement) focused?.focus({ preventScroll: true });
}

/** The search and the filters that are set. */
export function criteria() {
  const chosen = { capability: [], kind: [], state: [] };
  for (const input of byId("facets").querySelectorAll("input:checked")) chosen[input.name].push(input.value);
  return { search: byId("search").value.trim().toLowerCase(), creator: byId("creator").value, ...chosen };
}

export function apply() {
  const { search, creator, ...chosen } = criteria();
  const terms = search.split(/\s+/).filter(Boolean);
  const active = facets.filter(facet => chosen[facet].length > 0);
  const isFiltered = terms.length + active.length > 0 || creator !== "";

  // Most lists are shown whole, so that no row changes.
  const isWhole = !isFiltered && hidden === 0;
  let shown = isWhole ? items.length : 0;
  for (const item of isWhole ? [] : items) {
    // A capability is required with the others; of kinds and states, one is enough.
    const isShown = !isFiltered || (creator === "" || item.endpoint.creator === creator)
      && active.every(facet => facet === "capability"
        ? chosen[facet].every(value => item.endpoint.capabilities.includes(value))
        : chosen[facet].includes(item.endpoint[facet]))
      && (terms.length === 0 || terms.every(term => textOf(item).includes(term)));
    if (item.isShown !== isShown) {
      item.isShown = isShown;
      item.row.hidden = !isShown;
    }
    if (isShown) shown++;
  }

  hidden = items.length - shown;
  const filters = active.reduce((sum, facet) => sum + chosen[facet].length, creator === "" ? 0 : 1);
  byId("filter-count").textContent = filters;
  byId("filter-count").hidden = filters === 0;
  byId("count").textContent = shown === items.length
    ? `${count(shown)} endpoint${shown === 1 ? "" : "s"}`
    : `${count(shown)} of ${count(items.length)} endpoints`;
  list.hidden = shown === 0;
  byId("empty").hidden = shown > 0 || items.length === 0;
  byId("none").hidden = items.length > 0;
}

function showFacets() {
  const counts = { capability: new Map(), kind: new Map(), state: new Map() };
  const creators = new Set();
  const groups = [];
  for (const { endpoint } of items) {
    if (endpoint.creator) creators.add(endpoint.creator);
    const group = groups[endpoint.group];
    if (group === undefined) groups[endpoint.group] = { endpoint, size: 1 };
    else group.size++;
  }

  const add = (values, value, size) => values.set(value, (values.get(value) ?? 0) + size);
  for (const { endpoint, size } of groups) {
    for (const capability of endpoint.capabilities) add(counts.capability, capability, size);
    add(counts.kind, endpoint.kind, size);
    add(counts.state, endpoint.state, size);
  }

  const chosen = criteria();
  for (const facet of facets) {
    const field = byId(`facet-${facet}`);
    const values = [...counts[facet]].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    if (!hasChanged(field, values)) continue;
    field.querySelectorAll("label").forEach(label => label.remove());
    for (const [value, total] of values) field.appendChild(choice(facet, value, total, chosen[facet].includes(value)));
    field.hidden = values.length === 0;
  }

  const select = byId("creator");
  const names = [...creators].sort();
  byId("facet-creator").hidden = names.length === 0;
  if (!hasChanged(select, names)) return;
  select.replaceChildren(element("option", { value: "", text: "Anyone" }), ...names.map(name => element("option", { value: name, text: name })));
  if (creators.has(chosen.creator)) select.value = chosen.creator;
}

function choice(facet, value, total, isChecked) {
  const label = choiceTemplate.cloneNode(true);
  const input = label.firstChild;
  input.setAttribute("name", facet);
  input.setAttribute("value", value);
  input.defaultChecked = isChecked;
  input.nextSibling.textContent = words(value);
  label.lastChild.textContent = total;
  return label;
}

/** Whether the values of a filter are others than at the last call. */
function hasChanged(field, values) {
  const key = JSON.stringify(values);
  if (field.dataset.values === key) return false;
  field.dataset.values = key;
  return true;
}
