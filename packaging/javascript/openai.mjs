// The package openai against the gateway and the serving endpoints.
import OpenAI from 'openai';
import { check, contains, host, prompt, question, services, textOf, token, weather } from './checks.mjs';

const gateway = new OpenAI({ baseURL: `${host}/ai-gateway/mlflow/v1`, apiKey: token, maxRetries: 0 });
const serving = new OpenAI({ baseURL: `${host}/serving-endpoints`, apiKey: token, maxRetries: 0 });

// These models end a stream without a finish reason, on the service too.
const unfinished = { 'system.ai.kimi-k3': 'finish_reason', 'system.ai.inkling': 'finish_reason' };

async function chat(model) {
  const messages = [{ role: 'user', content: prompt }];
  await check(`openai chat ${model}`, async () => {
    const completion = await gateway.chat.completions.create({ model, messages });
    contains(textOf(completion.choices[0].message.content), 'ok');
  });
  await check(`openai chat stream ${model}`, async () => {
    let text = '';
    for await (const chunk of await gateway.chat.completions.create({ model, messages, stream: true })) {
      text += textOf(chunk.choices[0]?.delta?.content);
    }
    contains(text, 'ok');
  });
  await check(`openai chat stream of tools ${model}`, async () => {
    const completion = await gateway.chat.completions.stream({
      model,
      messages: [{ role: 'user', content: question }],
      tools: [{ type: 'function', function: { name: 'get_weather', ...weather } }],
    }).finalChatCompletion();
    contains(completion.choices[0].message.tool_calls?.[0]?.function?.arguments, 'Oslo');
  }, unfinished[model]);
}

async function responses(client, model) {
  await check(`openai responses ${model}`, async () => {
    contains((await client.responses.create({ model, input: prompt })).output_text, 'ok');
  });
  await check(`openai responses stream ${model}`, async () => {
    const stream = client.responses.stream({ model, input: prompt });
    let text = '';
    for await (const event of stream) {
      text += event.type === 'response.output_text.delta' ? event.delta : '';
    }
    contains(text, 'ok');
    contains((await stream.finalResponse()).output_text, 'ok');
  });
  await check(`openai responses tools ${model}`, async () => {
    const tools = [{ type: 'function', name: 'get_weather', strict: true, ...weather }];
    const input = [{ role: 'user', content: question }];
    const first = await client.responses.create({ model, input, tools });
    const call = first.output.find((item) => item.type === 'function_call');
    contains(call.arguments, 'Oslo');
    input.push(...first.output, { type: 'function_call_output', call_id: call.call_id, output: 'rain, 4 degrees' });
    contains((await client.responses.create({ model, input, tools })).output_text, 'rain');
  });
}

export async function run() {
  for (const model of services) {
    await chat(model);
    await responses(gateway, model);
  }

  await responses(serving, 'databricks-gpt-5-2');
  await responses(serving, 'task-agent');
  await check('openai responses with a tool of the agent', async () => {
    contains((await serving.responses.stream({ model: 'task-agent', input: 'What is 2 + 3?' }).finalResponse()).output_text, '5');
  });
  await check('openai embeddings', async () => {
    const answer = await gateway.embeddings.create({ model: 'system.ai.gte-large-en', input: 'x', encoding_format: 'float' });
    contains(answer.data[0].embedding.length, '1024');
  });

  // The client asks for base64 and decodes the numbers that it gets, as reported of the service.
  await check('openai embeddings without an encoding format', async () => {
    contains((await gateway.embeddings.create({ model: 'system.ai.gte-large-en', input: 'x' })).data[0].embedding.length, '1024');
  }, "'1024' is not in");
}
