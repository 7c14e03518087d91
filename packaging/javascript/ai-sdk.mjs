// The package @databricks/ai-sdk-provider against the gateway and the serving endpoints.
import { createDatabricksProvider } from '@databricks/ai-sdk-provider';
import { generateObject, generateText, jsonSchema, stepCountIs, streamObject, streamText, tool } from 'ai';
import { check, contains, host, prompt, question, services, token, weather } from './checks.mjs';

const headers = { Authorization: `Bearer ${token}` };
const serving = createDatabricksProvider({ baseURL: `${host}/serving-endpoints`, headers });
const remote = createDatabricksProvider({ baseURL: `${host}/serving-endpoints`, headers, useRemoteToolCalling: true });
const gateway = createDatabricksProvider({ baseURL: `${host}/ai-gateway/mlflow/v1`, headers });
const tools = {
  get_weather: tool({
    description: weather.description,
    inputSchema: jsonSchema(weather.parameters),
    execute: async ({ city }) => `rain in ${city}`,
  }),
};

// Mistakes of the provider, which fail on the service too, with sources in docs/emulator.md: it sends no signature of Gemini back; streams of
// Kimi have neither index nor finish reason, those of Inkling no finish reason; reasoning in a message, as Qwen has it, is unknown to it, and text in a stream.
const reported = {
  'tools databricks-gemini-3-1-pro': 'thought_signature',
  'tools stream databricks-gemini-3-1-pro': "'rain in Oslo' is not in",
  'tools stream databricks-kimi-k3': "'rain in Oslo' is not in",
  'tools stream databricks-inkling': "'rain in Oslo' is not in",
  'tools system.ai.gemini-pro': 'thought_signature',
  'tools stream system.ai.gemini-pro': "'rain in Oslo' is not in",
  'text system.ai.qwen35-122b-a10b': 'Invalid JSON response',
  'tools system.ai.qwen35-122b-a10b': 'Invalid JSON response',
  'object system.ai.qwen35-122b-a10b': 'Invalid JSON response',
  'object stream system.ai.qwen35-122b-a10b': 'could not parse the response',
};

const generate = async (model, input, more = {}) => (await generateText({ model, prompt: input, maxRetries: 0, ...more })).text;
const stream = async (model, input, more = {}) =>
  await streamText({ model, prompt: input, maxRetries: 0, onError: () => {}, ...more }).text;

async function everything(name, model, streamsTools) {
  const withTools = { tools, stopWhen: stepCountIs(3) };
  await check(`ai-sdk text ${name}`, async () => contains(await generate(model, prompt), 'ok'), reported[`text ${name}`]);
  await check(`ai-sdk stream ${name}`, async () => contains(await stream(model, prompt), 'ok'));
  await check(`ai-sdk tools ${name}`, async () => contains(await generate(model, question, withTools), 'rain in Oslo'),
    reported[`tools ${name}`]);
  if (streamsTools) {
    await check(`ai-sdk tools stream ${name}`, async () => contains(await stream(model, question, withTools), 'rain in Oslo'),
      reported[`tools stream ${name}`]);
  }
}

// A stream that fails gives its error to a callback.
async function failing(model, input) {
  let failure;
  await streamText({ model, prompt: input, maxRetries: 0, onError: ({ error }) => { failure = error; } }).consumeStream();
  if (failure) {
    throw failure;
  }
}

// The provider has the schema in a member json_schema of text.format, as the REST reference of Databricks; the API also takes it flat.
async function structured(name, model) {
  const schema = jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false });
  await check(`ai-sdk object ${name}`, async () => contains(
    Object.keys((await generateObject({ model, prompt: 'Which city?', schema, maxRetries: 0 })).object), 'city'),
  reported[`object ${name}`]);
  await check(`ai-sdk object stream ${name}`, async () => {
    const { partialObjectStream, object } = streamObject({ model, prompt: 'Which city?', schema, maxRetries: 0, onError: () => {} });
    for await (const _ of partialObjectStream);
    contains(Object.keys(await object), 'city');
  }, reported[`object stream ${name}`]);
}

export async function run() {
  for (const name of [
    'databricks-meta-llama-3-3-70b-instruct', 'databricks-claude-sonnet-4-5', 'databricks-claude-opus-4-8', 'databricks-gpt-5-2',
    'databricks-gpt-oss-120b', 'databricks-gemini-3-1-pro', 'databricks-kimi-k3', 'databricks-inkling',
  ]) {
    await everything(name, serving.chatCompletions(name), true);
  }

  for (const name of services) {
    await everything(name, gateway.responses(name), true);
    await structured(name, gateway.responses(name));
  }

  await everything('responses of databricks-gpt-5-2', serving.responses('databricks-gpt-5-2'), true);
  await structured('responses of databricks-gpt-5-2', serving.responses('databricks-gpt-5-2'));
  for (const [way, ask] of [['text', generate], ['stream', failing]]) {
    await check(`ai-sdk ${way} of an unknown service`, () => ask(gateway.responses('system.ai.no-such'), prompt), 'does not exist');
  }

  await everything('task-agent', serving.responses('task-agent'), true);
  for (const [way, ask] of [['text', generate], ['stream', stream]]) {
    await check(`ai-sdk ${way} with a tool of the agent`, async () =>
      contains(await ask(remote.responses('task-agent'), 'What is 2 + 3?'), '5'));
    await check(`ai-sdk ${way} chat agent`, async () => contains(await ask(serving.chatAgent('support-agent'), prompt), 'ok'));
  }
}
