using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class ToolResultsToWireTests
{
    private static readonly DataContent Image = new(new byte[] { 1, 2, 3 }, "image/png");

    public static TheoryData<object?, string> Results => new()
    {
        { "42", "42" },
        { "", "\"\"" },
        { null, "null" },
        { 42, "42" },
        { true, "true" },
        { 0.5, "0.5" },
        { JsonElement.Parse("\"plain\""), "plain" },
        { JsonElement.Parse("\"\""), "\"\"" },
        { JsonElement.Parse("null"), "null" },
        { JsonElement.Parse("""{ "a" : [1, "é"] }"""), """{"a":[1,"é"]}""" },
        { default(JsonElement), "null" },
        { JsonValue.Create("plain"), "plain" },
        { JsonNode.Parse("""{"a":1}"""), """{"a":1}""" },
        { new Dictionary<string, object?> { ["a"] = new List<int> { 1, 2 } }, """{"a":[1,2]}""" },
        { new Dictionary<string, string> { ["a"] = "b" }, """{"a":"b"}""" },
        { new List<object?> { 1, "a", null }, """[1,"a",null]""" },
        { new List<object> { new TextContent("4"), new TextContent("2") }, "42" },
        { Array.Empty<string>(), "[]" },
        { new TextContent("42"), "42" },
        { new TextContent(""), "\"\"" },
        { new AIContent[] { new TextContent("4"), new TextContent("2") }, "42" },
        { Array.Empty<AIContent>(), "\"\"" },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public async Task A_result_is_sent_as_text(object? result, string text)
    {
        var sent = await Outgoing.Request([new(ChatRole.Tool, [new FunctionResultContent("call_1", result)])]);

        JsonText.AssertEqual(
            $$"""{"messages":[{"role":"tool","tool_call_id":"call_1","content":{{JsonValue.Create(text).ToJsonString()}}}]}""",
            sent.Body);
    }

    [Fact]
    public Task Values_among_contents_are_lines_of_the_text() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "tool", "tool_call_id": "call_1", "content": "7\nA chart.\n{\"a\":1}\nplain\nnull"},
            {"role": "user", "content": [
              {"type": "text", "text": "Returned by tool call call_1:"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}}
            ]}
          ]
        }
        """,
        [
            new(ChatRole.Tool, [
                new FunctionResultContent(
                    "call_1",
                    new List<object?>
                    {
                        7,
                        new TextContent("A "),
                        new TextContent("chart."),
                        Image,
                        new Dictionary<string,
                        object?> { ["a"] = 1 },
                        "plain",
                        null,
                    }),
            ]),
        ]);

    [Fact]
    public async Task A_result_of_the_callers_type_is_written_by_the_callers_contract()
    {
        var sent = await Outgoing.Request(
            [new(ChatRole.Tool, [new FunctionResultContent("call_1", new Forecast("Oslo", [-3]))])],
            configure: options => options.SerializerOptions = CallerContracts.Default.Options);

        JsonText.AssertEqual(
            """{"messages":[{"role":"tool","tool_call_id":"call_1","content":"{\"city_name\":\"Oslo\",\"degrees\":[-3]}"}]}""",
            sent.Body);
    }

    [Fact]
    public Task A_failure_without_a_result_is_told_by_its_message() => Exchange.Sends(
        """{"messages":[{"role":"tool","tool_call_id":"call_1","content":"Error: No such series."}]}""",
        [new(ChatRole.Tool, [new FunctionResultContent("call_1", null) { Exception = new InvalidOperationException("No such series.") }])]);

    [Fact]
    public Task A_failure_with_a_result_is_told_by_the_result() => Exchange.Sends(
        """{"messages":[{"role":"tool","tool_call_id":"call_1","content":"Error: Function failed."}]}""",
        [
            new(
                ChatRole.Tool,
                [new FunctionResultContent("call_1", "Error: Function failed.") { Exception = new InvalidOperationException("secret") }]),
        ]);

    [Fact]
    public Task Each_result_of_a_message_is_a_message() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "tool", "tool_call_id": "call_1", "content": "1"},
            {"role": "tool", "tool_call_id": "call_2", "content": "2"}
          ]
        }
        """,
        [new(ChatRole.Tool, [new FunctionResultContent("call_1", "1"), new FunctionResultContent("call_2", "2")])]);

    [Fact]
    public Task Images_of_tools_follow_the_last_result_in_one_user_message() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "tool", "tool_call_id": "call_1", "content": "The result follows in the next user message."},
            {"role": "tool", "tool_call_id": "call_2", "content": "A chart."},
            {"role": "tool", "tool_call_id": "call_3", "content": "3"},
            {"role": "user", "content": [
              {"type": "text", "text": "Returned by tool call call_1:"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}},
              {"type": "text", "text": "Returned by tool call call_2:"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}},
              {"type": "image_url", "image_url": {"url": "https://example.com/b.png"}}
            ]},
            {"role": "assistant", "content": "I see."}
          ]
        }
        """,
        [
            new(ChatRole.Tool, [new FunctionResultContent("call_1", Image)]),
            new(ChatRole.Tool, [
                new FunctionResultContent(
                    "call_2",
                    new List<AIContent> { new TextContent("A chart."), Image, new UriContent("https://example.com/b.png", "image/png") }),
                new FunctionResultContent("call_3", "3"),
            ]),
            new(ChatRole.Assistant, "I see."),
        ]);

    [Fact]
    public Task Images_of_the_last_results_end_the_conversation() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "tool", "tool_call_id": "call_1", "content": "The result follows in the next user message."},
            {"role": "user", "content": [
              {"type": "text", "text": "Returned by tool call call_1:"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}}
            ]}
          ]
        }
        """,
        [new(ChatRole.Tool, [new FunctionResultContent("call_1", Image)])]);

    [Fact]
    public Task A_turn_that_is_left_out_does_not_part_the_results() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "tool", "tool_call_id": "call_1", "content": "The result follows in the next user message."},
            {"role": "tool", "tool_call_id": "call_2", "content": "2"},
            {"role": "user", "content": [
              {"type": "text", "text": "Returned by tool call call_1:"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}}
            ]}
          ]
        }
        """,
        [
            new(ChatRole.Tool, [new FunctionResultContent("call_1", Image)]),
            new(ChatRole.Assistant, ""),
            new(ChatRole.System, ""),
            new(ChatRole.User, ""),
            new(ChatRole.Tool, [new FunctionResultContent("call_2", "2")]),
        ]);

    [Fact]
    public Task Results_in_a_user_message_go_before_its_words() => Exchange.Sends(
        """
        {
          "messages": [
            {"role": "tool", "tool_call_id": "call_1", "content": "The result follows in the next user message."},
            {"role": "user", "content": [
              {"type": "text", "text": "Returned by tool call call_1:"},
              {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}},
              {"type": "text", "text": "And now?"}
            ]}
          ]
        }
        """,
        [new(ChatRole.User, [new TextContent("And now?"), new FunctionResultContent("call_1", Image)])]);

    [Fact]
    public Task Results_in_an_assistant_message_go_behind_it() => Exchange.Sends(
        """
        {
          "messages": [
            {
              "role": "assistant", "content": "Done.",
              "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}}]
            },
            {"role": "tool", "tool_call_id": "call_1", "content": "noon"}
          ]
        }
        """,
        [
            new(
                ChatRole.Assistant,
                [new FunctionCallContent("call_1", "now"), new FunctionResultContent("call_1", "noon"), new TextContent("Done.")]),
        ]);
}
