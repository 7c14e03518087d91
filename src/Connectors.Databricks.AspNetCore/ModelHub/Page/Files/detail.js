// The detail view: a dialog for one endpoint, with its traffic, models, signature, metrics and code to copy.

import { HubError, read } from "./api.js";
import { histogram, meter, sparkline, split } from "./charts.js";
import { byId, date, element, number, perMillion, tokens, words } from "./dom.js";

const dialog = byId("detail");
const body = byId("detail-body");
const showsMetrics = document.body.dataset.metrics === "true";
const metricsInterval = 15_000;
const maxPoints = 40;

let current;
let controller;
let timer;
let history = [];

export const isOpen = () => dialog.open;

/** Opens the view. What the list has is shown at once; the rest follows. */
export async function open(endpoint) {
  stop();
  current = endpoint.name;
  history = [];
  controller = new AbortController();
  const { signal } = controller;
  head(endpoint);
  const sections = element("div", { class: "sections" });
  const loading = element("p", { class: "quiet", role: "status", text: "Loading details…" });
  body.replaceChildren(about(endpoint), loading, sections);
  body.scrollTop = 0;
  if (!dialog.open) dialog.showModal();
  byId("detail-name").focus();
  try {
    const { data } = await read("endpoint", endpoint.name, signal);
    loading.remove();
    head(data);
    body.firstElementChild.replaceWith(about(data));
    sections.append(...[traffic(data), served("Pending configuration", data.pending), served("Fallbacks", data.fallbacks), code(data.examples)]
      .filter(Boolean));
    if (data.type === "endpoint" && data.state !== "unknown") {
      if (showsMetrics) watchMetrics(sections, data.name, signal);
      if (data.mode === "prediction" || data.mode === "features") showSignature(sections, data.name, signal);
    }
  } catch (error) {
    if (signal.aborted) return;
    loading.textContent = error instanceof HubError ? error.message : "The details could not be shown.";
    loading.className = "problem";
  }
}

export function close() {
  stop();
  if (dialog.open) dialog.close();
}

/** Updates the state in an open view from the polled list. */
export function refresh(find) {
  const endpoint = dialog.open && current !== undefined ? find(current) : undefined;
  if (endpoint !== undefined) head(endpoint);
}

function stop() {
  controller?.abort();
  clearTimeout(timer);
  current = undefined;
}

function head(endpoint) {
  byId("detail-name").textContent = endpoint.name;
  byId("detail-chips").replaceChildren(
    element("span", { class: "state", "data-state": endpoint.state, text: endpoint.state }),
    element("span", { class: "chip", text: words(endpoint.kind) }),
    element("span", { class: "chip", text: endpoint.type === "model-service" ? "model service" : words(endpoint.mode) }));
}

function about(endpoint) {
  const facts = [
    ["Models", endpoint.models.join(", ")],
    ["Task", endpoint.task],
    ["Capabilities", endpoint.capabilities.map(words).join(", ")],
    ["Input", endpoint.inputs.join(", ")],
    ["Context window", endpoint.contextWindow && `${tokens(endpoint.contextWindow)} tokens`],
    ["Output limit", endpoint.maxOutputTokens && `${tokens(endpoint.maxOutputTokens)} tokens`],
    ["Dimensions", endpoint.dimensions],
    ["Input cost", endpoint.inputCostPerToken !== undefined && `${perMillion(endpoint.inputCostPerToken)} / 1M tokens`],
    ["Output cost", endpoint.outputCostPerToken !== undefined && `${perMillion(endpoint.outputCostPerToken)} / 1M tokens`],
    ["Creator", endpoint.creator],
    ["Created", endpoint.createdAt && date(endpoint.createdAt)],
    ["Updated", endpoint.updatedAt && date(endpoint.updatedAt)],
  ].filter(([, value]) => value);
  const { lifecycle } = endpoint;
  return element("div", {},
    endpoint.description ? element("p", { class: "description", text: endpoint.description }) : null,
    lifecycle ? element("p", { class: "problem", text: `This model is ${lifecycle.stage}${lifecycle.retirement ? `, and will be retired on ${lifecycle.retirement}` : ""}.${lifecycle.replacement ? ` Use ${lifecycle.replacement}.` : ""}` }) : null,
    element("dl", { class: "facts" }, ...facts.map(([name, value]) =>
      element("div", {}, element("dt", { text: name }), element("dd", { text: value })))),
    endpoint.tags.length > 0
      ? element("p", { class: "chips" }, ...endpoint.tags.map(tag =>
        element("span", { class: "chip tag", text: tag.value ? `${tag.key}: ${tag.value}` : tag.key })))
      : null);
}

const section = (title, ...children) => element("section", {}, element("h3", { text: title }), ...children);

function traffic(data) {
  const { entities } = data;
  if (entities.length === 0) return null;
  const hasSplit = entities.some(entity => entity.trafficPercent !== undefined);
  return section(data.type === "model-service" ? "Destinations" : "Served models", hasSplit ? split(entities) : null, entityTable(entities, hasSplit));
}

const served = (title, entities) => entities?.length > 0 ? section(title, entityTable(entities, false)) : null;

function entityTable(entities, hasSplit) {
  const size = entity => [entity.workloadType, entity.workloadSize, entity.scalesToZero ? "scales to zero" : ""].filter(Boolean).join(" · ");
  const columns = [
    ["Name", entity => entity.name ?? ""],
    ["Model", entity => [entity.provider, entity.model].filter(Boolean).join(" / ") + (entity.version ? ` v${entity.version}` : "")],
    ["Traffic", entity => entity.trafficPercent === undefined ? "" : `${number(entity.trafficPercent)} %`, !hasSplit],
    ["Size", size],
    ["State", entity => [entity.deployment?.replace("DEPLOYMENT_", "").toLowerCase(), entity.deploymentMessage].filter(Boolean).join(": ")],
  ].filter(([, value, isHidden]) => !isHidden && entities.some(entity => value(entity) !== ""));
  return table(columns.map(([name]) => name), entities.map(entity => columns.map(([, value]) => value(entity))));
}

function table(head, lines) {
  return element("div", { class: "scroll", tabindex: 0, role: "group", "aria-label": head.join(", ") }, element("table", {},
    element("thead", {}, element("tr", {}, ...head.map(text => element("th", { scope: "col", text })))),
    element("tbody", {}, ...lines.map(cells => element("tr", {}, ...cells.map(text => element("td", { text })))))));
}

async function showSignature(sections, name, signal) {
  try {
    const { data } = await read("signature", name, signal);
    const columns = list => table(["Column", "Type", "Required"], list.map(column =>
      [column.name ?? "(tensor)", column.format ? `${column.type} (${column.format})` : column.type, column.isRequired ? "yes" : ""]));
    if (data === undefined || data.inputs.length + data.outputs.length === 0 || signal.aborted) return;
    sections.append(section("Signature",
      data.inputs.length > 0 ? columns(data.inputs) : null,
      data.outputs.length > 0 ? element("h4", { text: "Output" }) : null,
      data.outputs.length > 0 ? columns(data.outputs) : null,
      data.formats.length > 0 ? element("p", { class: "quiet", text: `Formats: ${data.formats.join(", ")}` }) : null));
  } catch {
    // The view is complete without it.
  }
}

function watchMetrics(sections, name, signal) {
  const charts = element("div", { class: "charts" });
  const whole = section("Metrics, last minute", charts);
  const poll = async () => {
    try {
      const { data } = await read("metrics", name, signal);
      if (data === undefined || signal.aborted) return;
      if (!whole.isConnected) sections.prepend(whole);
      showMetrics(charts, data);
    } catch {
      // The next poll may succeed; without any, the section is not shown.
      if (!whole.isConnected || signal.aborted) return;
    }
    timer = setTimeout(poll, metricsInterval);
  };
  void poll();
}

function showMetrics(charts, data) {
  history = [...history, data].slice(-maxPoints);
  const series = name => history.map(point => point[name] ?? 0);
  const errors = history.map(point => (point.clientErrorsPerMinute ?? 0) + (point.serverErrorsPerMinute ?? 0));
  const figures = [
    data.requestsPerMinute === undefined ? null : sparkline("Requests", series("requestsPerMinute"), "per minute"),
    data.requestsPerMinute === undefined ? null : sparkline("Errors", errors, "per minute"),
    data.latency === undefined ? null : histogram("Latency", data.latency),
    data.cpuPercent === undefined ? null : meter("CPU", data.cpuPercent),
    data.memoryPercent === undefined ? null : meter("Memory", data.memoryPercent),
    data.gpuPercent === undefined ? null : meter("GPU", data.gpuPercent),
  ].filter(Boolean);
  charts.replaceChildren(...figures.length > 0 ? figures : [element("p", { class: "quiet", text: "The endpoint reports no metrics." })]);
}

function code(examples) {
  const languages = [["C#", examples.csharp], ["curl", examples.curl]];
  const output = element("pre", { tabindex: 0, "aria-label": "Code" }, element("code"));
  const copy = element("button", { class: "button", type: "button", text: "Copy" });
  const buttons = languages.map(([name, text]) => element("button", {
    class: "tab", type: "button", "aria-pressed": "false", text: name, on: { click: () => choose(name, text) },
  }));
  const choose = (name, text) => {
    output.firstElementChild.textContent = text;
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.textContent === name));
  };
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(output.textContent);
      copy.textContent = "Copied";
    } catch {
      // Without HTTPS or a permission there is no clipboard: the text is selected instead.
      getSelection().selectAllChildren(output);
      copy.textContent = "Selected";
    }
    setTimeout(() => { copy.textContent = "Copy"; }, 2_000);
  });
  choose(...languages[0]);
  return section("Call it", element("div", { class: "tabs" }, ...buttons, copy), output);
}
