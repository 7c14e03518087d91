// The package openai against the gateway and the serving endpoints.
import OpenAI from 'openai';
import { check, contains, host, prompt, question, services, textOf, token, weather } from './checks.mjs';

const gateway = new OpenAI({ baseURL: `${host}/ai-gateway/mlflow/v1`, apiKey: token, maxRetries: 0 });
const serving = new OpenAI({ baseURL: `${host}/serving-endpoints`, apiKey: token, maxRetries: 0 });

// These models end a stream without a finish reason, on the service too.
const unfinished = { 'system.ai.kimi-k3': 'finish_reason', 'system.ai.inkling': 'finish_reason' };

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const reasoning = { 'system.ai.claude-sonnet-4-5': { effort: 'low' }, 'system.ai.gpt-5-2': { effort: 'low' } };

// Serving endpoints reject ids that they themselves return (databricks/unity-gateway#99).
const withoutOutputOnlyMembers = { 'databricks-gpt-5-2': ({ id, status, ...item }) => item };

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

// What a whole response has, streamed: tools in several rounds, structured output and errors.
async function responsesInDetail(client, model, hasStructuredOutput) {
  await check(`openai responses stream of tools ${model}`, async () => {
    const tools = [{ type: 'function', name: 'get_weather', strict: true, ...weather }];
    const input = [{ role: 'user', content: question }];
    let text = '';
    for (let round = 0; round < 3; round++) {
      const stream = client.responses.stream({ model, input, tools, reasoning: reasoning[model] });
      const argumentsOf = {};
      for await (const event of stream) {
        if (event.type === 'response.function_call_arguments.delta') {
          argumentsOf[event.item_id] = (argumentsOf[event.item_id] ?? '') + event.delta;
        }
      }
      const { output, output_text: said } = await stream.finalResponse();
      text = said;
      const calls = output.filter((item) => item.type === 'function_call');
      for (const call of calls) {
        contains(argumentsOf[call.id] ?? call.arguments, 'Oslo');
      }
      if (calls.length === 0) {
        break;
      }
      input.push(...output.map(withoutOutputOnlyMembers[model] ?? ((item) => item)));
      input.push(...calls.map((call) => ({ type: 'function_call_output', call_id: call.call_id, output: 'rain, 4 degrees' })));
    }
    contains(text, 'rain');
  });
  if (hasStructuredOutput) {
    const format = { type: 'json_schema', name: 'city', schema, strict: true };
    await check(`openai responses structured output ${model}`, async () => {
      const response = await client.responses.create({ model, input: 'Which city?', text: { format } });
      contains(Object.keys(JSON.parse(response.output_text)), 'city');
    });
    await check(`openai responses stream of structured output ${model}`, async () => {
      const response = await client.responses.stream({ model, input: 'Which city?', text: { format } }).finalResponse();
      contains(Object.keys(JSON.parse(response.output_text)), 'city');
    });
  }
  for (const stream of [false, true]) {
    await check(`openai responses error ${model} ${stream ? 'streamed' : ''}`, () => fails(
      () => client.responses.create({ model, input: [], stream }), 400));
    await check(`openai responses state ${model} ${stream ? 'streamed' : ''}`, () => fails(
      () => client.responses.create({ model, input: prompt, previous_response_id: 'resp_1', stream }), 400),
    model === 'task-agent' ? 'no failure' : undefined);
  }
}

async function fails(call, status) {
  let response;
  try {
    response = await call();
    for await (const _ of response[Symbol.asyncIterator] ? response : []);
  } catch (error) {
    contains(error.status, status);
    return;
  }
  throw new Error('no failure');
}

export async function run() {
  for (const model of services) {
    await chat(model);
    await responses(gateway, model);
    await responsesInDetail(gateway, model, true);
  }

  await responses(serving, 'databricks-gpt-5-2');
  await responsesInDetail(serving, 'databricks-gpt-5-2', true);
  await responses(serving, 'task-agent');
  await responsesInDetail(serving, 'task-agent', false);
  await check('openai responses of an unknown model', () => fails(
    () => gateway.responses.create({ model: 'system.ai.no-such', input: prompt }), 404));
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
