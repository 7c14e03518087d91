// Builds elements. Texts are set as text, so that no name, tag or description can become markup.

export const byId = id => document.getElementById(id);

export function element(tag, options = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "on") for (const [event, handler] of Object.entries(value)) node.addEventListener(event, handler);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const plain = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });
const money = new Intl.NumberFormat("en", { style: "currency", currency: "USD", maximumFractionDigits: 2 });

export const tokens = count => count === undefined ? "" : compact.format(count);
export const number = count => plain.format(count);
export const perMillion = cost => cost === undefined ? "" : money.format(cost * 1e6);

export function cost(endpoint) {
  if (endpoint.inputCostPerToken === undefined) return "";
  const output = perMillion(endpoint.outputCostPerToken);
  return perMillion(endpoint.inputCostPerToken) + (output && ` / ${output}`);
}

export function date(text) {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? "" : time.toLocaleDateString("en", { year: "numeric", month: "short", day: "numeric" });
}

/** The words of the API, as the page shows them. */
export const words = text => text.replaceAll("-", " ");
