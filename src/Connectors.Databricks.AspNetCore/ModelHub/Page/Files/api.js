// Reads the JSON routes of the hub. Nothing but the name of an endpoint is ever sent.
//# allFunctionsCalledOnLoad

const base = document.body.dataset.base;

export class HubError extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Returns the document with the headers that the page shows; without data if there is no such document. */
export async function read(route, name, signal) {
  const query = name === undefined ? "" : `?name=${encodeURIComponent(name)}`;
  let response;
  try {
    response = await fetch(`${base}/data/${route}${query}`, { headers: { Accept: "application/json" }, cache: "no-cache", signal });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new HubError("The app does not respond.", 0);
  }

  if (!response.ok) throw new HubError(await reason(response), response.status);
  if (response.status === 204) return {};
  if (!response.headers.get("Content-Type")?.includes("json")) throw new HubError("Sign in again, then reload the page.", 401);
  return {
    data: await response.json(),
    etag: response.headers.get("ETag"),
    age: Number(response.headers.get("Age") ?? 0),
    isStale: response.headers.get("Model-Hub-Stale") === "true",
  };
}

async function reason(response) {
  if (response.status === 401 || response.status === 403) return "You are not signed in, or may not see the model hub.";
  try {
    const problem = await response.json();
    return problem.detail ?? problem.title ?? `HTTP ${response.status}`;
  } catch {
    return `HTTP ${response.status}`;
  }
}
