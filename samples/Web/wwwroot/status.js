// The status page: health checks and the spans of recent chats.

const byId = id => document.getElementById(id);

function element(tag, className, ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children);
  return node;
}

function shape(name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  return node;
}

async function health() {
  // An unhealthy report has status 503 and the same document.
  const report = await (await fetch("/health")).json();
  byId("health").replaceChildren(...report.checks.map(check => element("article", `card ${check.status.toLowerCase()}`,
    element("h3", "", check.name), element("p", "state", check.status),
    element("p", "quiet", `${check.description ?? ""} ${check.milliseconds.toFixed(0)} ms`))));
}

function trace(spans) {
  const start = Math.min(...spans.map(span => Date.parse(span.start)));
  const end = Math.max(...spans.map(span => Date.parse(span.start) + span.milliseconds));
  const length = Math.max(end - start, 1);
  const chat = spans.find(span => span.tags["gen_ai.request.model"]);
  const rows = spans.map(span => {
    const svg = shape("svg", { width: "100%", height: 14, "aria-hidden": true });
    svg.append(shape("rect", { class: "track", width: "100%", height: 14, rx: 4 }), shape("rect", {
      class: span.isError ? "bar bad" : "bar", x: `${(Date.parse(span.start) - start) / length * 100}%`,
      width: `${Math.max(span.milliseconds / length * 100, .5)}%`, height: 14, rx: 4,
    }));
    return element("div", "span", element("span", "span-name", span.name), svg, element("span", "span-time", `${span.milliseconds.toFixed(0)} ms`));
  });
  const used = spans.reduce((sum, span) => sum + Number(span.tags["gen_ai.usage.output_tokens"] ?? 0), 0);
  return element("article", "trace",
    element("h3", "", `${chat?.tags["gen_ai.request.model"] ?? "chat"} · ${length.toFixed(0)} ms${used ? ` · ${used} output tokens` : ""}`), ...rows);
}

async function traces() {
  const list = await (await fetch("/traces")).json();
  byId("traces").replaceChildren(...list.length > 0 ? list.map(trace) : [element("p", "quiet", "No chat yet.")]);
}

async function refresh() {
  try {
    await Promise.all([health(), traces()]);
  } catch {
    byId("health").textContent = "The app does not respond.";
  }
  setTimeout(refresh, 5_000);
}

void refresh();
