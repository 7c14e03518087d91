// Builds elements. Texts are set as text, so that no name, tag or description can become markup.
//# allFunctionsCalledOnLoad

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

// Written by hand: the formatters of Intl take longer to load than a thousand rows.

const rounded = (value, digits) => String(Number(value.toFixed(digits)));

export const count = value => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
export const number = value => Number.isFinite(value) ? rounded(value, value < 10 ? 2 : 1) : "";
export const perMillion = value => value === undefined ? "" : `$${(value * 1e6).toFixed(2)}`;
export const tokens = value => value === undefined ? ""
  : value >= 1e6 ? `${rounded(value / 1e6, 1)}M` : value >= 1e3 ? `${rounded(value / 1e3, 1)}K` : String(value);

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
