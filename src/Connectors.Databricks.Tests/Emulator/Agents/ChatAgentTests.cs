namespace Connectors.Databricks.Tests.Emulator.Agents;

public class ChatAgentTests
{
    [Fact]
    public async Task A_chat_agent_answers_with_messages()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("support-agent").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "support-agent",
            """
            {"messages":[{"role":"user","content":"Hello there"}],"custom_inputs":{"k":1},"databricks_options":{"return_trace":true}}
            """);

        Wire.SameJson(
            """
            {
              "messages": [
                {
                  "role": "assistant",
                  "content": "Hi.",
                  "id": "run-55f6a5b3-5e06-4a9f-8a8b-16c38ab6f233"
                }
              ],
              "finish_reason": "stop",
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 2,
                "total_tokens": 4
              },
              "id": "fda2d1b3-b36c-49aa-8086-3c68a41bdf12",
              "custom_outputs": {
                "k": 1
              },
              "databricks_output": {
                "databricks_request_id": "fda2d1b3-b36c-49aa-8086-3c68a41bdf12",
                "trace": {
                  "info": {
                    "trace_id": "tr-d7ca31ea29b94c59a614a8ed12c9f4bc",
                    "status": "OK"
                  },
                  "data": {
                    "spans": [
                      {
                        "name": "predict",
                        "attributes": {
                          "outputs": "Hi."
                        }
                      }
                    ]
                  }
                }
              }
            }
            """,
            answer);
    }

    [Fact]
    public async Task A_chat_agent_streams_deltas_of_one_message()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("support-agent").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "support-agent", """{"messages":[{"role":"user","content":"Hello there"}],"custom_inputs":{"k":1},"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"delta":{"role":"assistant","content":"Hi","id":"run-55f6a5b3-5e06-4a9f-8a8b-16c38ab6f233"},
              "id":"fda2d1b3-b36c-49aa-8086-3c68a41bdf12"}

            data: {"delta":{"role":"assistant","content":".","id":"run-55f6a5b3-5e06-4a9f-8a8b-16c38ab6f233"},
              "id":"fda2d1b3-b36c-49aa-8086-3c68a41bdf12"}

            data: {"delta":{"role":"assistant","content":"","id":"run-55f6a5b3-5e06-4a9f-8a8b-16c38ab6f233"},"finish_reason":"stop",
              "usage":{"prompt_tokens":2,"completion_tokens":2,"total_tokens":4},"id":"fda2d1b3-b36c-49aa-8086-3c68a41bdf12",
              "custom_outputs":{"k":1}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task A_chat_agent_calls_tools_in_its_message()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("support-agent").CallsTool("now");

        Wire.SameJson(
            """
            {
              "messages": [
                {
                  "role": "assistant",
                  "content": null,
                  "id": "run-55f6a5b3-5e06-4a9f-8a8b-16c38ab6f233",
                  "tool_calls": [
                    {
                      "id": "call_cf4b2520-d54a-49f0-ad25-42aed25bc49c",
                      "type": "function",
                      "function": {
                        "name": "now",
                        "arguments": "{}"
                      }
                    }
                  ]
                }
              ],
              "finish_reason": "tool_calls",
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 3,
                "total_tokens": 5
              },
              "id": "fda2d1b3-b36c-49aa-8086-3c68a41bdf12"
            }
            """,
            await wire.ReadAsync("support-agent", """{"messages":[{"role":"user","content":"Hello there"}]}"""));
    }

    [Fact]
    public async Task An_agent_of_the_first_version_answers_with_a_completion()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("research-agent").Replies("Hi.");

        string answer = await wire.ReadAsync(
            "research-agent",
            """
            {"messages":[{"role":"user","content":"Hello there"}],"custom_inputs":{"k":1},"databricks_options":{"return_trace":true}}
            """);

        Wire.SameJson(
            """
            {
              "id": "chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "agent",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "Hi."
                  },
                  "finish_reason": "stop",
                  "logprobs": null
                }
              ],
              "usage": {
                "prompt_tokens": 2,
                "completion_tokens": 2,
                "total_tokens": 4
              },
              "custom_outputs": {
                "k": 1
              },
              "databricks_output": {
                "databricks_request_id": "fda2d1b3-b36c-49aa-8086-3c68a41bdf12",
                "trace": {
                  "info": {
                    "trace_id": "tr-d7ca31ea29b94c59a614a8ed12c9f4bc",
                    "status": "OK"
                  },
                  "data": {
                    "spans": [
                      {
                        "name": "predict",
                        "attributes": {
                          "outputs": "Hi."
                        }
                      }
                    ]
                  }
                }
              }
            }
            """,
            answer);
    }

    [Theory]
    [InlineData(
        """{"messages":[{"role":"user","content":"x"}],"temperature":1}""",
        "Failed to enforce schema of the request. Unexpected field 'temperature'.")]
    [InlineData("""{"messages":[]}""", "Failed to enforce schema of the request. Model is missing inputs ['messages'].")]
    [InlineData(
        """{"messages":[{"role":"tool","tool_call_id":"a","content":"x"}]}""",
        "Both 'name' and 'tool_call_id' must be provided for a tool message.")]
    public async Task A_chat_agent_checks_its_input(string body, string message)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal($$"""400 {"error_code":"BAD_REQUEST","message":"{{message}}"}""", await wire.AskAsync("support-agent", body));
    }
}
