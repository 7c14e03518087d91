// The package @databricks/ai-sdk-provider against an agent on Databricks Apps, with the login that apps require. Apps have the paths of its
// responses(); chatAgent() posts to /completions, which only serving endpoints have.
import { createDatabricksProvider } from '@databricks/ai-sdk-provider';
import { generateText, streamText } from 'ai';
import { check, contains, host, prompt, token } from './checks.mjs';

const name = 'report-agent';

// The service principal of the emulator, which starts the app with --app.
const principal = 'e3000000-0000-4000-8000-000000000001:dose-emulator-0001';

const generate = async (model) => (await generateText({ model, prompt, maxRetries: 0 })).text;
const stream = async (model) => await streamText({ model, prompt, maxRetries: 0, onError: () => {} }).text;

async function login() {
  const response = await fetch(`${host}/oidc/v1/token`, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(principal)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'all-apis' }),
  });
  return { Authorization: `Bearer ${(await response.json()).access_token}` };
}

export async function run() {
  const headers = await login();
  const { url } = await (await fetch(`${host}/api/2.0/apps/${name}`, { headers })).json();
  const app = (more) => createDatabricksProvider({ baseURL: url, headers, ...more });
  const invocations = app({ formatUrl: ({ baseUrl }) => `${baseUrl}/invocations` });
  for (const [way, ask] of [['text', generate], ['stream', stream]]) {
    await check(`ai-sdk ${way} agent on an app`, async () => contains(await ask(app().responses(name)), 'ok'));
    await check(`ai-sdk ${way} agent on an app, at /invocations`, async () => contains(await ask(invocations.responses(name)), 'ok'));
  }

  // Without an OAuth token, the proxy redirects to the login.
  const personal = app({ headers: { Authorization: `Bearer ${token}` }, fetch: (to, init) => fetch(to, { ...init, redirect: 'manual' }) });
  await check('ai-sdk agent on an app with a personal access token', () => generate(personal.responses(name)), 'Found');
}
