// The chat page.

import { Conversation, Reply } from "./conversation.js";
import { events } from "./sse.js";

const byId = id => document.getElementById(id);
const scrolled = byId("conversation");
const log = byId("log");
const input = byId("input");
const conversation = new Conversation();
const total = { input: 0, output: 0 };
let controller;

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

const settings = await (await fetch("/settings")).json();
byId("model").append(...settings.models.map(model => new Option(model.name, model.endpoint)));
byId("where").textContent = settings.isEmulator
  ? "Running on the built-in emulator of Databricks Model Serving: no workspace, no token, no bill."
  : "Running on your Databricks workspace.";

/** The parts of an answer, which appear as their events arrive. */
class Answer {
  constructor(model) {
    this.node = element("article", "message assistant");
    this.node.append(element("h2", "who", model));
    this.tools = new Map();
    this.started = performance.now();
    log.append(this.node);
    this.waiting = element("p", "waiting", "Thinking…");
    this.node.append(this.waiting);
  }

  handle({ event, data }) {
    const { waiting } = this;
    if (event !== "start" && waiting.isConnected) waiting.remove();
    handlers[event]?.call(this, data);
  }

  reasoning({ text }) {
    if (!text) return;
    if (this.last !== "reasoning") {
      const details = element("details", "reasoning");
      this.thought = element("div", "thought");
      details.append(element("summary", "", "Reasoning"), this.thought);
      this.node.append(details);
    }
    this.last = "reasoning";
    this.thought.append(text);
  }

  words({ text }) {
    if (this.last !== "text") {
      this.paragraph = element("div", "text");
      this.node.append(this.paragraph);
    }
    this.last = "text";
    this.firstText ??= performance.now();
    this.paragraph.append(text);
  }

  toolCall({ callId, name, arguments: json }) {
    const details = element("details", "tool");
    const summary = element("summary");
    const state = element("span", "tool-state", "running");
    summary.append(element("code", "", name), state);
    details.append(summary, element("h3", "", "Arguments"), element("pre", "", pretty(json)));
    this.node.append(details);
    this.tools.set(callId, { details, state });
    this.last = "tool";
  }

  toolResult({ callId, isError, result }) {
    const tool = this.tools.get(callId);
    if (tool === undefined) return;
    tool.state.textContent = isError ? "failed" : "done";
    tool.state.classList.add(isError ? "bad" : "good");
    if (result !== undefined) tool.details.append(element("h3", "", "Result"), element("pre", "", pretty(result)));
    this.last = "tool";
  }

  refusal({ message }) {
    this.node.append(element("p", "problem", message));
  }

  denial({ policyName }) {
    this.node.append(element("p", "problem", `Denied by the service policy${policyName ? ` ${policyName}` : ""}.`));
  }

  usage(usage) {
    this.counts = usage;
    total.input += usage.inputTokens ?? 0;
    total.output += usage.outputTokens ?? 0;
    byId("total").textContent = `${(total.input + total.output).toLocaleString("en")} tokens in this chat`;
  }

  done() {
    this.isDone = true;
  }

  error(problem) {
    this.fail(problem.detail ?? problem.title, problem.code);
  }

  fail(text, code) {
    this.waiting.remove();
    this.hasFailed = true;
    this.node.append(element("p", "problem", code ? `${text} (${code})` : text));
  }

  end(note) {
    this.waiting.remove();
    const { counts } = this;
    const seconds = time => `${((time - this.started) / 1000).toFixed(1)} s`;
    const parts = [
      note,
      counts?.inputTokens !== undefined && `${counts.inputTokens.toLocaleString("en")} tokens in`,
      counts?.outputTokens !== undefined && `${counts.outputTokens.toLocaleString("en")} out`,
      counts?.reasoningTokens && `${counts.reasoningTokens.toLocaleString("en")} reasoning`,
      this.firstText && `first text ${seconds(this.firstText)}`,
      `total ${seconds(performance.now())}`,
    ].filter(Boolean);
    this.node.append(element("p", "usage", parts.join(" · ")));
  }
}

/** Events that are not here are ignored, as the page of the route requires. */
const handlers = {
  reasoning: Answer.prototype.reasoning,
  text: Answer.prototype.words,
  toolCall: Answer.prototype.toolCall,
  toolResult: Answer.prototype.toolResult,
  refusal: Answer.prototype.refusal,
  denial: Answer.prototype.denial,
  usage: Answer.prototype.usage,
  done: Answer.prototype.done,
  error: Answer.prototype.error,
};

function pretty(value) {
  let json = value;
  if (typeof value === "string") {
    try {
      json = JSON.parse(value);
    } catch {
      return value;
    }
  }
  return JSON.stringify(json, null, 2);
}

async function send(question) {
  byId("welcome").hidden = true;
  const own = element("article", "message user");
  own.append(element("h2", "who", "You"), element("div", "text", question));
  log.append(own);
  conversation.ask(question);

  const endpoint = byId("model").value;
  const answer = new Answer(byId("model").selectedOptions[0].text);
  const reply = new Reply();
  controller = new AbortController();
  busy(true);
  scroll(true);
  let note;
  try {
    const response = await fetch("/chat", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "text/event-stream, application/problem+json;q=0.5" },
      body: JSON.stringify({
        endpoint,
        messages: conversation.messages(endpoint),
        ...byId("effort").value && { reasoningEffort: byId("effort").value },
      }),
      signal: controller.signal,
    });
    if (!response.ok) {
      const problem = await response.json().catch(() => ({}));
      answer.fail(problem.detail ?? `HTTP ${response.status}`, problem.code);
    } else {
      for await (const item of events(response)) {
        const isAtEnd = scrolled.scrollHeight - scrolled.scrollTop - scrolled.clientHeight < 80;
        answer.handle(item);
        reply.add(item);
        scroll(isAtEnd);
      }
      if (!answer.isDone && !answer.hasFailed) answer.fail("The response is incomplete.", "interrupted");
    }
  } catch (error) {
    if (error.name === "AbortError") note = "Stopped";
    else answer.fail("The app does not respond.");
  }

  conversation.answer(endpoint, reply);
  answer.end(note);
  busy(false);
  scroll(true);
  input.focus();
}

function busy(isBusy) {
  log.setAttribute("aria-busy", String(isBusy));
  byId("send").hidden = isBusy;
  byId("stop").hidden = !isBusy;
  byId("new").disabled = isBusy;
}

function scroll(isWanted) {
  if (isWanted) scrolled.scrollTop = scrolled.scrollHeight;
}

function submit() {
  const question = input.value.trim();
  if (question === "" || !byId("stop").hidden) return;
  input.value = "";
  void send(question);
}

byId("composer").addEventListener("submit", event => {
  event.preventDefault();
  submit();
});
input.addEventListener("keydown", event => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    submit();
  }
});
byId("stop").addEventListener("click", () => controller.abort());
byId("new").addEventListener("click", () => {
  conversation.clear();
  total.input = total.output = 0;
  log.replaceChildren();
  byId("total").textContent = "";
  byId("welcome").hidden = false;
  input.focus();
});
document.addEventListener("keydown", event => {
  if (event.key === "Escape" && !byId("stop").hidden) controller.abort();
});
for (const button of document.querySelectorAll(".suggestions button")) {
  button.addEventListener("click", () => {
    input.value = button.textContent;
    submit();
  });
}
input.focus();
