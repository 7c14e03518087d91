using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Outbound;

public class AssistantToWireTests
{
    [Fact]
    public Task A_turn_of_calls_alone_has_no_content() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [
            {"id": "call_1", "type": "function", "function": {"name": "lookup", "arguments": "{\"id\":\"cpi\",\"last\":12}"}},
            {"id": "call_2", "type": "function", "function": {"name": "now", "arguments": "{}"}}
          ]
        }
        """,
        new FunctionCallContent("call_1", "lookup", new Dictionary<string, object?> { ["id"] = "cpi", ["last"] = 12 }),
        new FunctionCallContent("call_2", "now"));

    [Fact]
    public Task A_turn_of_text_and_calls_has_both() => Sends(
        """
        {
          "role": "assistant", "content": "Let me look.",
          "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}}]
        }
        """,
        new TextContent("Let me look."),
        new FunctionCallContent("call_1", "now", new Dictionary<string, object?>()));

    [Fact]
    public Task Text_that_citations_had_split_is_one_string_again() => Sends(
        """{"role": "assistant", "content": "Rain today, sun tomorrow."}""",
        new TextContent("Rain today,") { Annotations = [new CitationAnnotation { Title = "Weather" }] },
        new TextContent(" sun tomorrow."));

    [Fact]
    public Task Empty_text_next_to_calls_is_not_sent() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}}]
        }
        """,
        new TextContent(""),
        new FunctionCallContent("call_1", "now"));

    [Fact]
    public Task A_refusal_is_what_the_assistant_said() => Sends(
        """{"role": "assistant", "content": "I cannot help with that."}""",
        new ErrorContent("I cannot help with that.") { ErrorCode = "Refusal" });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public Task An_error_without_words_is_left_out(string? words) => Sends(
        """{"role": "assistant", "content": "Hi."}""",
        new TextContent("Hi."),
        new ErrorContent(words));

    [Fact]
    public Task A_picture_that_the_assistant_made_goes_back() => Sends(
        """
        {"role": "assistant", "content": [
          {"type": "text", "text": "Here:"},
          {"type": "image_url", "image_url": {"url": "data:image/png;base64,AQID"}}
        ]}
        """,
        new TextContent("Here:"),
        new DataContent(new byte[] { 1, 2, 3 }, "image/png"));

    [Fact]
    public Task Arguments_of_every_json_kind_travel_as_text() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{"id": "call_1", "type": "function", "function": {
            "name": "f",
            "arguments": "{\"text\":\"é + \\\"q\\\"\",\"none\":null,\"yes\":true,\"real\":0.5,\"list\":[1,\"a\"],\"nested\":{\"deep\":{\"n\":1}}}"
          }}]
        }
        """,
        new FunctionCallContent("call_1", "f", new Dictionary<string, object?>
        {
            ["text"] = "é + \"q\"",
            ["none"] = null,
            ["yes"] = true,
            ["real"] = 0.5,
            ["list"] = new object[] { 1, "a" },
            ["nested"] = JsonElement.Parse("""{"deep":{"n":1}}"""),
        }));

    [Fact]
    public async Task An_argument_without_a_JSON_form_is_an_error_text_and_reported()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var call = new FunctionCallContent("call_1", "f", new Dictionary<string, object?>
        {
            ["city"] = "Oslo",
            ["when"] = new Unwritable(),
            ["stream"] = new MemoryStream(),
            ["nan"] = double.NaN,
            ["failure"] = new InvalidOperationException("No."),
            ["nested"] = new Dictionary<string, object?> { ["a"] = (Action)(() => { }) },
            ["none"] = default(JsonElement),
        });

        var response = await service.Chat().GetResponseAsync([new(ChatRole.User, "Hi"), new(ChatRole.Assistant, [call])]);

        var arguments = JsonDocument.Parse(service.Sent[0].Body).RootElement.GetProperty("messages")[1].GetProperty("tool_calls")[0]
            .GetProperty("function").GetProperty("arguments").GetString()!;
        JsonText.AssertEqual(
            """
            {"city":"Oslo","when":"Error: This value cannot be written as JSON (Unwritable).",
             "stream":"Error: This value cannot be written as JSON (MemoryStream).","nan":"Error: This value cannot be written as JSON (NaN).",
             "failure":"Error: No.","nested":"Error: This value cannot be written as JSON (Dictionary`2).","none":null}
            """,
            arguments);
        Assert.Equal(
            ["messages.tool_calls.arguments an argument without a JSON form sent as an error!"],
            response.GetRequestAdjustments().Select(Shaping.Shaped.Told));
    }

    [Fact]
    public Task Arguments_that_were_no_json_go_back_inside_an_object() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{"id": "call_1", "type": "function", "function": {
            "name": "f", "arguments": "{\"invalid_arguments\":\"{\\\"id\\\": \"}"
          }}]
        }
        """,
        new FunctionCallContent("call_1", "f") { AdditionalProperties = new() { ["raw_arguments"] = "{\"id\": " } });

    [Fact]
    public Task Stored_arguments_that_were_no_json_go_back_inside_an_object() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{"id": "call_1", "type": "function", "function": {
            "name": "f", "arguments": "{\"invalid_arguments\":\"{\\\"id\\\": \"}"
          }}]
        }
        """,
        new FunctionCallContent(
            "call_1", "f") { AdditionalProperties = new() { ["raw_arguments"] = JsonElement.Parse("\"{\\\"id\\\": \"") } });

    [Fact]
    public Task What_else_came_with_a_call_goes_back_with_it() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{
            "id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"},
            "extra_content": {"google": {"thought_signature": "c2ln+/="}}
          }]
        }
        """,
        new FunctionCallContent("call_1", "now")
        {
            AdditionalProperties = new()
            {
                ["tool_call_extras"] = JsonElement.Parse("""{"extra_content":{"google":{"thought_signature":"c2ln+/="}}}"""),
            },
        });

    [Fact]
    public Task Extras_may_be_a_node() => Sends(
        """{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"},"extra":{"a":1}}]}""",
        new FunctionCallContent("c", "f")
        {
            AdditionalProperties = new()
            {
                [DatabricksPropertyNames.ToolCallExtras] =
                    new System.Text.Json.Nodes.JsonObject { ["extra"] = new System.Text.Json.Nodes.JsonObject { ["a"] = 1 } },
            },
        });

    [Fact]
    public Task Extras_that_are_no_object_are_left_out() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}}]
        }
        """,
        new FunctionCallContent("call_1", "now") { AdditionalProperties = new() { ["tool_call_extras"] = JsonElement.Parse("[1]") } });

    [Fact]
    public Task Extras_never_write_a_member_twice() => Sends(
        """
        {
          "role": "assistant", "content": null,
          "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "now", "arguments": "{}"}, "index": 3}]
        }
        """,
        new FunctionCallContent("call_1", "now")
        {
            AdditionalProperties = new()
            {
                ["tool_call_extras"] = JsonElement.Parse("""{"id":"call_9","type":"other","function":{},"index":3}"""),
            },
        });

    private static Task Sends(string assistant, params AIContent[] contents) => Exchange.Sends(
        $$"""{"messages":[{"role":"user","content":"Hello?"},{{assistant}}]}""",
        [new(ChatRole.User, "Hello?"), new(ChatRole.Assistant, contents)]);

    private sealed class Unwritable;
}
