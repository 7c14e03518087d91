// The conversation as the route for chat takes it: the server keeps nothing. Later turns get what the model needs of earlier ones: text,
// reasoning with its signature, calls of functions and their results.

export class Conversation {
  #turns = [];

  clear() {
    this.#turns = [];
  }

  ask(question) {
    this.#turns.push([{ role: "user", content: question }]);
  }

  /** Adds what a model answered; without an answer, the question is taken back. */
  answer(endpoint, reply) {
    const messages = reply.messages();
    if (messages.length > 0) this.#turns.push(messages.map(message => ({ ...message, endpoint })));
    else this.#turns.pop();
  }

  /** The messages for an endpoint. Extra content of a call, such as Gemini's signature, is for the model that sent it. */
  messages(endpoint) {
    return this.#turns.flat().map(({ endpoint: origin, role, content }) => origin === undefined || origin === endpoint
      ? { role, content }
      : { role, content: content.map(({ extra_content, ...part }) => part) });
  }
}

/** Collects the events of one answer as messages. */
export class Reply {
  #messages = [];
  #open = new Set();
  #text = "";
  #isDone = false;

  add({ event, data }) {
    switch (event) {
      case "text":
        this.#text += data.text;
        this.#append({ type: "text", text: data.text }, last => last.type === "text");
        break;
      case "reasoning":
        // A signature ends a part.
        this.#append({ type: "reasoning", ...data }, last => last.type === "reasoning" && last.protectedData === undefined);
        break;
      case "refusal":
        this.#contents("assistant").push({ type: "refusal", ...data });
        break;
      case "toolCall":
        // An agent ran it by itself, and needs no result.
        if (data.isInformational) break;
        this.#open.add(data.callId);
        this.#contents("assistant").push({ type: "toolCall", ...data });
        break;
      case "toolResult":
        if (!this.#open.delete(data.callId)) break;
        this.#contents("tool").push({ type: "toolResult", callId: data.callId, result: textOf(data) });
        break;
      case "done":
        this.#isDone = true;
        break;
    }
  }

  /** Of an answer that was stopped or failed, only the text: its reasoning has no signature, and its calls no results. */
  messages() {
    return this.#isDone && this.#open.size === 0 && this.#messages.at(-1)?.role === "assistant" ? this.#messages
      : this.#text ? [{ role: "assistant", content: [{ type: "text", text: this.#text }] }]
      : [];
  }

  #append(part, belongsTo) {
    const contents = this.#contents("assistant");
    const last = contents.at(-1);
    if (last !== undefined && belongsTo(last)) Object.assign(last, part, { text: last.text + part.text });
    else contents.push(part);
  }

  #contents(role) {
    if (this.#messages.at(-1)?.role !== role) this.#messages.push({ role, content: [] });
    return this.#messages.at(-1).content;
  }
}

function textOf({ isError, result }) {
  return isError ? "The function failed." : typeof result === "string" ? result : JSON.stringify(result ?? null);
}
