// The baseline: a table with the same texts, and nothing else.
const response = await fetch("/models/data/endpoints");
const { endpoints } = await response.json();
const rows = document.getElementById("rows");
for (const endpoint of endpoints) {
  const row = document.createElement("tr");
  const texts = [
    endpoint.name, endpoint.description ?? "", endpoint.state, endpoint.kind, endpoint.capabilities.join(" · "),
    String(endpoint.contextWindow ?? ""), endpoint.creator ?? "",
  ];
  for (const text of texts) {
    const cell = document.createElement("td");
    cell.textContent = text;
    row.append(cell);
  }
  rows.append(row);
}
document.body.dataset.done = "true";
