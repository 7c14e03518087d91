// What the official clients are known to send or to read wrongly, with its source. Each must fail against DATABRICKS_HOST, a strict
// emulator, with the documented text: an emulator that accepts one lets an application pass that fails on the service.
import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { createDatabricksProvider } from '@databricks/ai-sdk-provider';
import { ChatOpenAI } from '@langchain/openai';
import { generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { z } from 'zod';
import { check, contains, finish, host, prompt, question, token, weather } from './checks.mjs';

const llama = 'databricks-meta-llama-3-3-70b-instruct';
const claude = 'databricks-claude-sonnet-4-5';
const opus = 'databricks-claude-opus-4-8';
const gpt = 'databricks-gpt-5-2';
const oss = 'databricks-gpt-oss-120b';
const gemini = 'databricks-gemini-3-1-pro';
const kimi = 'databricks-kimi-k3';
const inkling = 'databricks-inkling';

// Some clients hide the text of an error, so it is read from the response.
let refusal = '';
async function recorded(...request) {
  const response = await fetch(...request);
  if (!response.ok) {
    refusal = await response.clone().text();
    refusal = JSON.parse(refusal).message ?? refusal;
  }
  return response;
}

const options = { apiKey: token, fetch: recorded };
const headers = { Authorization: `Bearer ${token}` };
const serving = new OpenAI({ ...options, baseURL: `${host}/serving-endpoints`, maxRetries: 0 });
const gateway = new OpenAI({ ...options, baseURL: `${host}/ai-gateway/mlflow/v1`, maxRetries: 0 });
const databricks = createDatabricksProvider({ baseURL: `${host}/serving-endpoints`, headers, fetch: recorded });
const unified = createDatabricksProvider({ baseURL: `${host}/ai-gateway/mlflow/v1`, headers, fetch: recorded });
const compatible = createOpenAICompatible({ ...options, name: 'databricks', baseURL: `${host}/serving-endpoints` });
const openai = createOpenAI({ ...options, baseURL: `${host}/serving-endpoints` });

const messages = [{ role: 'user', content: prompt }];
const city = z.object({ city: z.string() });
const pattern = z.object({ city: z.string().regex(/^[A-Z]/) });
const closed = { ...weather.parameters, properties: { city: { type: 'string', pattern: '^[A-Z]' } } };
const named = (name, more = {}) => ({ type: 'function', function: { name, ...weather, ...more } });
const tools = { get_weather: tool({ description: weather.description, inputSchema: city, execute: async () => 'rain' }) };
const open = jsonSchema({ type: 'object', properties: { city: { type: 'string' } } });
const thinking = { thinking: { type: 'enabled', budget_tokens: 1024 } };
const call = (id) => ({ id, type: 'function', function: { name: 'get_weather', arguments: '{}' } });

const chat = (model, more) => serving.chat.completions.create({ model, messages, ...more });
const throughGateway = (model, more) => gateway.chat.completions.create({ model, messages, ...more });
const generate = (model, more) => generateText({ model, prompt, maxRetries: 0, ...more });
const langChain = (model, more) => new ChatOpenAI(
  { model, apiKey: token, maxRetries: 0, configuration: { baseURL: `${host}/serving-endpoints`, fetch: recorded }, ...more });

async function stream(model, more) {
  let failure;
  const text = await streamText({ model, prompt, maxRetries: 0, onError: ({ error }) => { failure = error; }, ...more }).text;
  if (failure) {
    throw failure;
  }
  return text;
}

const known = async (client, mistake, text, source, body) => check(`${client}: ${mistake}`, async () => {
  contains(source.length > 0, true);
  refusal = '';
  try {
    await body();
  } catch (error) {
    throw new Error(`${refusal} ${error?.message} ${error?.cause?.message ?? ''}`);
  }
}, text);

await known('openai', 'max_completion_tokens to gpt-oss', 'json: unknown field "max_completion_tokens"', 'public captures',
  () => chat(oss, { max_completion_tokens: 100 }));
await known('openai', 'stop to gpt-oss', 'Unsupported parameter: "stop" is not supported with this model.', 'public captures',
  () => chat(oss, { stop: ['x'] }));
await known('openai', 'pattern in a strict schema to gpt-oss', 'the "pattern" keyword is not supported', 'public captures',
  () => chat(oss, { response_format: { type: 'json_schema', json_schema: { name: 'a', strict: true, schema: closed } } }));
await known('openai', 'json_object to gpt-oss without the word', 'must contain the word "json" in some form', 'public captures',
  () => chat(oss, { response_format: { type: 'json_object' } }));
await known('openai', 'max_tokens above the ceiling',
  'max_new_tokens 128000 cannot be greater than max_output_tokens 25000.', 'public captures',
  () => chat(oss, { max_tokens: 128000 }));
await known('openai', 'max_tokens above the ceiling of the gateway',
  'max_tokens (32000) cannot exceed 25000.', 'databricks/unity-gateway#420',
  () => throughGateway('system.ai.gpt-oss-120b', { max_tokens: 32000 }));
await known('openai', 'several calls of a turn to gpt-oss', 'Multiple tool calls are not supported.', 'BerriAI/litellm#31633',
  () => chat(oss, {
    tools: [named('get_weather')],
    messages: [
      ...messages, { role: 'assistant', content: null, tool_calls: [call('a'), call('b')] },
      { role: 'tool', tool_call_id: 'a', content: 'rain' }, { role: 'tool', tool_call_id: 'b', content: 'sun' },
    ],
  }));
await known('openai', 'store through the gateway', 'json: unknown field "store"', 'databricks/unity-gateway#227',
  () => throughGateway('system.ai.claude-sonnet-4-5', { store: true }));
await known('openai', 'prompt_cache_key through the gateway', 'json: unknown field "prompt_cache_key"', 'public captures',
  () => throughGateway('system.ai.claude-sonnet-4-5', { prompt_cache_key: 'k' }));
await known('openai', 'temperature to Claude Opus 5', 'does not support the temperature parameter.', 'leonardovida/duckdb-ai#85',
  () => throughGateway('system.ai.claude-opus-5', { temperature: 0.2 }));
await known('openai', 'temperature to GPT-5', 'Only the default (1) value is supported.', 'QwenLM/qwen-code#921',
  () => chat(gpt, { temperature: 0.1 }));
await known('openai', 'strict tools to Claude', 'tools.0.custom.strict: Extra inputs are not permitted', 'tidyverse/ellmer#548',
  () => chat(claude, { tools: [named('f', { strict: true })] }));
await known('openai', 'a tool without parameters', '"parameters" is a required property', 'tidyverse/ellmer#1084',
  () => chat(llama, { tools: [{ type: 'function', function: { name: 'f' } }] }));
await known('openai', 'a name with dots to GPT', "Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'", 'nanbingxyz/5ire#33',
  () => chat(gpt, { tools: [named('a.b')] }));
await known('openai', 'stream_options to Gemini', 'Unknown name "stream_options"', 'databricks/unity-gateway#491',
  () => chat(gemini, { stream: true, stream_options: { include_usage: true } }));
await known('openai', 'ids of the Responses API sent back',
  'string too long. Expected a string with maximum length 64', 'databricks/unity-gateway#99',
  async () => {
    const { output } = await serving.responses.create({ model: gpt, input: prompt });
    await serving.responses.create({ model: gpt, input: [...messages, ...output, ...messages] });
  });
await known('openai', 'base64 embeddings', "'1024' is not in", 'public captures', async () => {
  contains((await gateway.embeddings.create({ model: 'system.ai.gte-large-en', input: 'x' })).data[0].embedding.length, '1024');
});
await known('openai', 'content of gpt-oss read as a text', 'is not a function', 'cline/cline#3032',
  async () => (await chat(oss)).choices[0].message.content.trim());

await known('@databricks/ai-sdk-provider', 'no thought signature to Gemini', 'missing a thought_signature', 'mpfaffenberger/code_puppy#165',
  () => generate(databricks.chatCompletions(gemini), {
    prompt: question,
    stopWhen: stepCountIs(3),
    tools: { get_weather: { ...tools.get_weather, inputSchema: open } },
  }));
await known('@databricks/ai-sdk-provider', '$schema of Zod to Gemini', 'Unknown name "$schema"', 'databricks/unity-gateway#491',
  () => generate(databricks.chatCompletions(gemini), { prompt: question, tools }));
await known('@databricks/ai-sdk-provider', 'temperature to Claude Opus',
  'does not support the temperature parameter.', 'leonardovida/duckdb-ai#85',
  () => generate(databricks.chatCompletions(opus), { temperature: 0.2 }));
await known('@databricks/ai-sdk-provider', 'stop to gpt-oss', '"stop" is not supported with this model.', 'public captures',
  () => generate(databricks.chatCompletions(oss), { stopSequences: ['x'] }));
await known('@databricks/ai-sdk-provider', 'pattern of Zod to gpt-oss', 'the "pattern" keyword is not supported', 'public captures',
  () => generateObject({ model: databricks.chatCompletions(oss), prompt, schema: pattern, maxRetries: 0 }));

await known('@databricks/ai-sdk-provider', 'call without its encrypted content to Gemini',
  'output items must be sent back unchanged', 'Databricks docs: query-open-responses-models',
  () => generate(unified.responses('system.ai.gemini-pro'), {
    prompt: question,
    stopWhen: stepCountIs(3),
    tools: { get_weather: { ...tools.get_weather, inputSchema: open } },
  }));
await known('@databricks/ai-sdk-provider', 'reasoning of Qwen 3.5 in a message', 'Invalid JSON response', 'public captures',
  () => generate(unified.responses('system.ai.qwen35-122b-a10b')));
await known('@databricks/ai-sdk-provider', 'schema in json_schema to the host of GPT',
  "Missing required parameter: 'text.format.name'.", 'jamesrochabrun/SwiftOpenAI#151',
  () => generateObject({ model: databricks.responses(gpt), prompt, schema: city, maxRetries: 0 }));

await known('ai', 'content of gpt-oss as a text', 'Type validation failed', 'cline/cline#3032', () => generate(openai.chat(oss)));
await known('ai', 'stream_options to Gemini', 'Unknown name "stream_options"', 'databricks/unity-gateway#491',
  () => stream(openai.chat(gemini)));
await known('ai', '$schema of Zod to Gemini', 'Unknown name "$schema"', 'databricks/unity-gateway#491',
  () => generate(compatible(gemini), { prompt: question, tools }));
await known('ai', 'json_object to Claude', "response_format.type: invalid value 'json_object'", 'databricks/databricks-ai-bridge',
  () => generateObject({ model: compatible(claude), prompt, schema: city, maxRetries: 0 }));
await known('ai', 'thinking with a forced tool', 'Thinking may not be enabled when tool_choice forces tool use.', 'vercel/ai#11227',
  () => generate(compatible(claude), { tools, toolChoice: 'required', maxOutputTokens: 2000, providerOptions: { databricks: thinking } }));
await known('ai', 'no finish reason of Inkling', 'Response stream ended without a finish reason', 'databricks/unity-gateway#215',
  () => stream(compatible(inkling)));

await known('@langchain/openai', 'stream_options to Gemini', 'Unknown name "stream_options"', 'databricks/databricks-ai-bridge#192',
  async () => { for await (const _ of await langChain(gemini).stream(prompt)) { } });
await known('@langchain/openai', 'json_object to Claude',
  "response_format.type: invalid value 'json_object'", 'databricks/databricks-ai-bridge',
  () => langChain(claude).withStructuredOutput(city, { method: 'jsonMode' }).invoke(prompt));
await known('@langchain/openai', 'content of gpt-oss as a text', 'is not valid JSON', 'databricks/databricks-ai-bridge#184',
  () => langChain(oss).withStructuredOutput(city).invoke('Which city?'));
await known('@langchain/openai', 'parallel_tool_calls to a native model',
  'unknown field "parallel_tool_calls"', 'langchain-ai/deepagents#2262',
  () => langChain(kimi).bindTools([named('f')], { parallel_tool_calls: false }).invoke(prompt));
await known('@langchain/openai', 'anyOf at the root to GPT',
  "not have 'oneOf'/'anyOf'/'allOf'/'enum'/'not' at the top level", 'langchain-ai/langchainjs#9804',
  () => langChain(gpt).bindTools([named('f', { parameters: { anyOf: [weather.parameters] } })]).invoke(prompt));
await known('@langchain/openai', 'thinking with a forced tool',
  'Thinking may not be enabled when tool_choice forces tool use.', 'langchain-ai/langchain-aws#925',
  () => langChain(claude, { maxTokens: 2000, modelKwargs: thinking }).bindTools([named('f')], { tool_choice: 'required' }).invoke(prompt));
finish();
