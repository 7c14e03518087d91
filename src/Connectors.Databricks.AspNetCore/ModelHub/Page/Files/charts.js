// Small charts as SVG, with their values as text for those who do not see them.

import { element, number, svg } from "./dom.js";

const width = 240;
const height = 56;

/** The values of the polls since the detail view was opened. */
export function sparkline(label, values, unit) {
  const max = Math.max(...values, 1);
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  const points = values.map((value, index) => `${(index * step).toFixed(1)},${(height - 4 - value / max * (height - 10)).toFixed(1)}`);
  const line = points.length > 1 ? points.join(" ") : `0,${points[0].split(",")[1]} ${width},${points[0].split(",")[1]}`;
  const last = values.at(-1);
  return chart(label, `${number(last)} ${unit}`, `${label}: ${values.map(number).join(", ")} ${unit}`,
    svg("polygon", { class: "area", points: `0,${height} ${line} ${width},${height}` }),
    svg("polyline", { class: "line", points: line }));
}

export function histogram(label, latency) {
  const buckets = latency.buckets.filter(bucket => bucket.count > 0 || bucket.upToMs !== undefined);
  const max = Math.max(...buckets.map(bucket => bucket.count), 1);
  const step = width / buckets.length;
  return chart(label, `p50 ${number(latency.p50Ms ?? 0)} · p95 ${number(latency.p95Ms ?? 0)} · p99 ${number(latency.p99Ms ?? 0)} ms`,
    `${label}: ${buckets.filter(bucket => bucket.count > 0).map(bucket =>
      `${number(bucket.count)} requests up to ${bucket.upToMs === undefined ? "any time" : `${number(bucket.upToMs)} ms`}`).join(", ")}`,
    ...buckets.map((bucket, index) => {
      const size = bucket.count / max * (height - 8);
      return svg("rect", {
        class: "bar", x: (index * step + 1).toFixed(1), width: Math.max(step - 2, 1).toFixed(1), y: (height - Math.max(size, 1)).toFixed(1),
        height: Math.max(size, 1).toFixed(1), rx: 1,
      });
    }));
}

export function meter(label, percent) {
  const bounded = Math.min(Math.max(percent, 0), 100);
  return chart(label, `${number(percent)} %`, `${label}: ${number(percent)} percent`,
    svg("rect", { class: "track", x: 0, y: 24, width, height: 10, rx: 5 }),
    svg("rect", { class: bounded > 85 ? "bar hot" : "bar", x: 0, y: 24, width: (width * bounded / 100).toFixed(1), height: 10, rx: 5 }));
}

/** The traffic split as one bar. */
export function split(entities) {
  let start = 0;
  const parts = entities.filter(entity => entity.trafficPercent > 0).map((entity, index) => {
    const part = svg("rect", { class: `part part-${index % 5}`, x: `${start}%`, y: 0, width: `${entity.trafficPercent}%`, height: 14 });
    start += entity.trafficPercent;
    return part;
  });
  const text = `Traffic: ${entities.map(entity => `${entity.name ?? entity.model} ${number(entity.trafficPercent ?? 0)} percent`).join(", ")}`;
  return svg("svg", { class: "split", role: "img", "aria-label": text, width: "100%", height: 14 }, ...parts);
}

function chart(label, value, text, ...shapes) {
  return element("figure", { class: "chart" },
    element("figcaption", {}, element("span", { text: label }), element("strong", { text: value })),
    svg("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": text, preserveAspectRatio: "none" }, ...shapes));
}
