// Runs the official JavaScript clients against DATABRICKS_HOST. They know nothing of the emulator. OPENAI_APP is a program with the
// OpenAI-compatible routes, which the last part runs.
import * as agentApp from './agent-app.mjs';
import * as aiSdk from './ai-sdk.mjs';
import * as app from './app.mjs';
import { finish } from './checks.mjs';
import * as openai from './openai.mjs';

await openai.run();
await aiSdk.run();
await agentApp.run();
await app.run();
finish();
