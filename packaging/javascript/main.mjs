// Runs the official JavaScript clients against DATABRICKS_HOST. They know nothing of the emulator.
import * as aiSdk from './ai-sdk.mjs';
import { finish } from './checks.mjs';
import * as openai from './openai.mjs';

await openai.run();
await aiSdk.run();
finish();
