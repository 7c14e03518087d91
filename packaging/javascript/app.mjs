// The package openai through an app with the OpenAI-compatible routes: every model and agent, without a token of the workspace.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import OpenAI from 'openai';
import { check, contains, host, prompt, question, token, weather } from './checks.mjs';

const models = [
  'databricks-meta-llama-3-3-70b-instruct', 'databricks-claude-sonnet-4-5', 'databricks-claude-opus-4-8', 'databricks-gpt-5-2',
  'databricks-gpt-oss-120b', 'databricks-gemini-3-1-pro', 'databricks-kimi-k3', 'databricks-inkling',
];
const pixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };

async function start(environment) {
  const app = spawn(
    'dotnet', [process.env.OPENAI_APP], { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, ...environment } });
  for await (const line of createInterface(app.stdout)) {
    if (line.startsWith('LISTENING ')) {
      return { app, client: new OpenAI({ baseURL: `${line.slice(10)}/v1`, apiKey: 'a key of the app', maxRetries: 0 }) };
    }
  }
  throw new Error('the app did not start');
}

async function fails(call, status, code) {
  try {
    const response = await call();
    for await (const _ of response[Symbol.asyncIterator] ? response : []);
  } catch (error) {
    contains(`${error.status} ${error.code}`, `${status} ${code}`);
    return;
  }
  throw new Error('no failure');
}

// Every route, whole and streamed.
const calls = (client, model) => ({
  chat: () => client.chat.completions.create({ model, messages: [{ role: 'user', content: prompt }] }),
  'chat stream': () => client.chat.completions.create({ model, messages: [{ role: 'user', content: prompt }], stream: true }),
  responses: () => client.responses.create({ model, input: prompt }),
  'responses stream': () => client.responses.create({ model, input: prompt, stream: true }),
});

const limit = (model, limits) => fetch(`${host}/api/2.0/serving-endpoints/${model}/ai-gateway`, {
  method: 'PUT',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
  body: JSON.stringify({ rate_limits: limits }),
});

async function rateLimits(client) {
  const model = 'databricks-gpt-oss-120b';
  await limit(model, [{ calls: 1, key: 'endpoint', renewal_period: 'minute' }]);
  for (const [name, call] of Object.entries(calls(client, model))) {
    // A minute may begin between two calls, so that one more succeeds.
    await check(`app rate limit ${name}`, () => fails(async () => {
      for (let i = 0; i < 3; i++) {
        await call();
      }
    }, 429, 'rate_limit_exceeded'));
  }
  await limit(model, []);
}

// The credential of the app is not that of its clients: an invalid one is the app's failure, not a 401.
async function invalidCredential() {
  const { app, client } = await start({ DATABRICKS_TOKEN: 'invalid' });
  const embeddings = () => client.embeddings.create({ model: 'databricks-gte-large-en', input: 'x' });
  for (const [name, call] of Object.entries({ ...calls(client, 'databricks-gpt-5-2'), embeddings, models: () => client.models.list() })) {
    await check(`app credential ${name}`, () => fails(call, 502, 'upstream_error'));
  }
  app.stdin.end();
}

async function chat(client, model) {
  const messages = [{ role: 'user', content: prompt }];
  await check(`app chat ${model}`, async () => {
    const completion = await client.chat.completions.create({ model, messages });
    contains(completion.choices[0].message.content, 'ok');
    contains(completion.choices[0].finish_reason, 'stop');
    contains(completion.usage.total_tokens > 0, true);
  });
  await check(`app chat stream ${model}`, async () => {
    const stream = client.chat.completions.stream({ model, messages, stream_options: { include_usage: true } });
    contains((await stream.finalChatCompletion()).choices[0].message.content, 'ok');
    contains((await stream.totalUsage()).total_tokens > 0, true);
  });
}

async function chatTools(client, model) {
  await check(`app chat tools ${model}`, async () => {
    const tools = [{ type: 'function', function: { name: 'get_weather', ...weather } }];
    const messages = [{ role: 'user', content: question }];
    const first = await client.chat.completions.stream({ model, messages, tools }).finalChatCompletion();
    const message = first.choices[0].message;
    contains(message.tool_calls[0].function.arguments, 'Oslo');
    messages.push(message, { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'rain, 4 degrees' });
    contains((await client.chat.completions.create({ model, messages, tools })).choices[0].message.content, 'rain');
  });
}

async function responses(client, model) {
  await check(`app responses ${model}`, async () => {
    const response = await client.responses.create({ model, input: prompt });
    contains(response.output_text, 'ok');
    contains(response.usage.total_tokens > 0, true);
  });
  await check(`app responses stream ${model}`, async () => {
    contains((await client.responses.stream({ model, input: prompt }).finalResponse()).output_text, 'ok');
  });
}

async function responsesTools(client, model) {
  await check(`app responses tools ${model}`, async () => {
    const tools = [{ type: 'function', name: 'get_weather', strict: true, ...weather }];
    const input = [{ role: 'user', content: question }];
    const first = await client.responses.stream({ model, input, tools }).finalResponse();
    const call = first.output.find((item) => item.type === 'function_call');
    contains(call.arguments, 'Oslo');
    input.push(...first.output, { type: 'function_call_output', call_id: call.call_id, output: 'rain, 4 degrees' });
    contains((await client.responses.create({ model, input, tools })).output_text, 'rain');
  });
}

async function others(client) {
  const model = 'databricks-gpt-5-2';
  await check('app structured output', async () => {
    const content = [{ type: 'text', text: 'Which city?' }, { type: 'image_url', image_url: { url: pixel } }];
    const completion = await client.chat.completions.create({
      model,
      messages: [{ role: 'user', content }],
      response_format: { type: 'json_schema', json_schema: { name: 'city', schema, strict: true } },
    });
    contains(Object.keys(JSON.parse(completion.choices[0].message.content)), 'city');
  });
  await check('app structured output of responses', async () => {
    const format = { type: 'json_schema', name: 'city', schema, strict: true };
    const response = await client.responses.create({ model, input: 'Which city?', text: { format } });
    contains(Object.keys(JSON.parse(response.output_text)), 'city');
  });
  await check('app unknown model', () => fails(
    () => client.chat.completions.create({ model: 'no-such', messages: [{ role: 'user', content: 'x' }] }), 404, 'model_not_found'));
  await check('app unknown parameter', () => fails(
    () => client.chat.completions.create({ model, messages: [{ role: 'user', content: 'x' }], color: 1 }), 400, 'unknown_parameter'));
  await check('app embeddings', async () => {
    const { data } = await client.embeddings.create({ model: 'databricks-gte-large-en', input: ['x', 'y'] });
    contains(`${data.length} ${data[1].embedding.length}`, '2 1024');
  });
  await check('app models', async () => {
    const names = [];
    for await (const served of await client.models.list()) {
      names.push(served.id);
    }
    contains(names, model);
    contains((await client.models.retrieve(model)).id, model);
  });
}

// Streams that start before the first update: comments are ignored. A failure has no status: it is thrown, and an event of responses.
async function startedStreams() {
  const { app, client } = await start({ FirstUpdateGracePeriod: '00:00:00' });
  await chat(client, 'databricks-gpt-5-2');
  await responses(client, 'databricks-gpt-5-2');
  app.stdin.end();
  const failing = await start({ FirstUpdateGracePeriod: '00:00:00', DATABRICKS_TOKEN: 'invalid' });
  const { 'chat stream': chatStream, 'responses stream': responsesStream } = calls(failing.client, 'databricks-gpt-5-2');
  await check('app failure of a started chat stream', () => fails(chatStream, undefined, 'upstream_error'));
  await check('app failure of a started responses stream', async () => {
    const failures = [];
    try {
      for await (const event of await responsesStream()) {
        failures.push(...event.type === 'error' ? [event.code] : event.type === 'response.failed' ? [event.response.error.code] : []);
      }
      failures.push('an end');
    } catch {
      failures.push('thrown');
    }
    contains(failures.join(), 'upstream_error,upstream_error,thrown');
  });
  failing.app.stdin.end();
}

export async function run() {
  const { app, client } = await start();
  for (const model of [...models, 'support-agent', 'research-agent', 'task-agent']) {
    await chat(client, model);
    await responses(client, model);
  }
  for (const model of models) {
    await chatTools(client, model);
    await responsesTools(client, model);
  }
  await others(client);
  await rateLimits(client);
  app.stdin.end();
  await invalidCredential();
  await startedStreams();
}
