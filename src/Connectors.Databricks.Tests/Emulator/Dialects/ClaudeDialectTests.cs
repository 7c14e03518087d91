using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class ClaudeDialectTests
{
    [Fact]
    public async Task A_whole_text_is_written_as_the_family_writes_it()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "msg_bdrk_01282d656f1dac4f4cb16591",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": [
                      {
                        "type": "reasoning",
                        "summary": [
                          {
                            "type": "summary_text",
                            "text": "Well.",
                            "signature": "EqoBoOe+VJQn1E6xUXnoLV4NgyKQ/Jfz5UxCimOorPiartA="
                          }
                        ]
                      },
                      {
                        "type": "text",
                        "text": "Hi."
                      }
                    ]
                  },
                  "finish_reason": "stop"
                }
              ],
              "usage": {
                "cache_read_input_tokens": 0,
                "completion_tokens": 4,
                "prompt_tokens": 2,
                "total_tokens": 6,
                "cache_creation_input_tokens": 0
              }
            }
            """,
            answer);
    }

    [Fact]
    public async Task Whole_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "msg_bdrk_01282d656f1dac4f4cb16591",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": null,
                    "tool_calls": [
                      {
                        "id": "toolu_bdrk_01cf4b2520d54a49f0ad2542",
                        "type": "function",
                        "function": {
                          "name": "now",
                          "arguments": "{}"
                        }
                      },
                      {
                        "id": "toolu_bdrk_010e15941183b448309260d3",
                        "type": "function",
                        "function": {
                          "name": "add",
                          "arguments": "{\"a\":1}"
                        }
                      }
                    ]
                  },
                  "finish_reason": "tool_calls"
                }
              ],
              "usage": {
                "cache_read_input_tokens": 0,
                "completion_tokens": 11,
                "prompt_tokens": 2,
                "total_tokens": 13,
                "cache_creation_input_tokens": 0
              }
            }
            """,
            answer);
    }

    [Fact]
    public async Task Given_counts_are_written_under_the_names_of_the_family()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5")
            .Replies("Hi.", usage: new EmulatedUsage(7, 3) { CachedTokens = 5, CacheCreationTokens = 2 });

        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "msg_bdrk_01282d656f1dac4f4cb16591",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": "Hi."
                  },
                  "finish_reason": "stop"
                }
              ],
              "usage": {
                "cache_read_input_tokens": 5,
                "completion_tokens": 3,
                "prompt_tokens": 7,
                "total_tokens": 10,
                "cache_creation_input_tokens": 2
              }
            }
            """,
            answer);
    }

    [Fact]
    public async Task Encrypted_reasoning_is_a_summary_of_its_own_kind()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-claude-sonnet-4-5").Replies("Hi.", encryptedReasoning: "c2VjcmV0");

        string answer = await wire.ReadAsync(
            "databricks-claude-sonnet-4-5",
            """{"messages":[{"role":"user","content":"Hello there"}]}""");

        Wire.SameJson(
            """
            {
              "id": "msg_bdrk_01282d656f1dac4f4cb16591",
              "object": "chat.completion",
              "created": 1790000000,
              "model": "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
              "choices": [
                {
                  "index": 0,
                  "message": {
                    "role": "assistant",
                    "content": [
                      {
                        "type": "reasoning",
                        "summary": [
                          {
                            "type": "summary_encrypted_text",
                            "data": "c2VjcmV0"
                          }
                        ]
                      },
                      {
                        "type": "text",
                        "text": "Hi."
                      }
                    ]
                  },
                  "finish_reason": "stop"
                }
              ],
              "usage": {
                "cache_read_input_tokens": 0,
                "completion_tokens": 2,
                "prompt_tokens": 2,
                "total_tokens": 4,
                "cache_creation_input_tokens": 0
              }
            }
            """,
            answer);
    }
}
