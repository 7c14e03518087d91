// Counts checks. A check that is expected to fail fails on the service as well, for the reason given.
let passed = 0;
let failed = 0;

export async function check(name, body, expectedFailure) {
  let failure;
  try {
    await body();
  } catch (error) {
    failure = String(error?.message ?? error).slice(0, 300);
  }

  if (expectedFailure === undefined ? failure === undefined : failure?.includes(expectedFailure)) {
    passed++;
  } else {
    failed++;
    console.log(`FAIL ${name}: ${failure ?? `expected a failure with '${expectedFailure}'`}`);
  }
}

export function contains(text, part) {
  if (!String(text).includes(part)) {
    throw new Error(`'${part}' is not in '${text}'`);
  }
}

export function finish() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}

export const host = process.env.DATABRICKS_HOST;
export const token = process.env.DATABRICKS_TOKEN;
export const prompt = "Say 'ok'";
export const question = 'What is the weather in Oslo?';
export const weather = {
  description: 'weather of a city',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false },
};

// Content is a text, or a list of parts.
export const textOf = (content) => typeof content === 'string' ? content : (content ?? []).map((part) => part.text ?? '').join('');

export const services = [
  'system.ai.meta-llama-3-3-70b-instruct', 'system.ai.claude-sonnet-4-5', 'system.ai.opus-4-8', 'system.ai.gpt-5-2',
  'system.ai.gpt-oss-120b', 'system.ai.gemini-pro', 'system.ai.kimi-k3', 'system.ai.inkling', 'system.ai.qwen35-122b-a10b',
];
