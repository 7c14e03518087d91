using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

public class ToolCallsFromWireTests
{
    private static async Task<List<FunctionCallContent>> Read(string calls, string finishReason = "tool_calls")
    {
        var response = await Exchange.Reads(
            $$"""{"id":"r1","choices":[{"message":{"role":"assistant","content":null,"tool_calls":{{calls}} },"finish_reason":"{{finishReason}}"}]}""");
        Assert.Equal(ChatFinishReason.ToolCalls, response.FinishReason);
        return [.. response.Messages[0].Contents.Cast<FunctionCallContent>()];
    }

    [Fact]
    public async Task Parallel_calls_come_in_order_with_parsed_arguments()
    {
        var calls = await Read(
            """
            [{"id":"toolu_1","type":"function","function":{"name":"lookup_series","arguments":"{\"id\":\"cpi\",\"last\":12,\"deep\":{\"a\":[1,null]},\"none\":null}"}},
             {"id":"toolu_2","type":"function","function":{"name":"now","arguments":"{}"}}]
            """);

        Assert.Equal([("toolu_1", "lookup_series"), ("toolu_2", "now")], calls.Select(call => (call.CallId, call.Name)));
        Assert.Equal("cpi", ((JsonElement)calls[0].Arguments!["id"]!).GetString());
        Assert.Equal(12, ((JsonElement)calls[0].Arguments!["last"]!).GetInt32());
        Assert.Equal("""{"a":[1,null]}""", ((JsonElement)calls[0].Arguments!["deep"]!).GetRawText());
        Assert.Null(calls[0].Arguments!["none"]);
        Assert.Empty(calls[1].Arguments!);
        Assert.All(calls, call => Assert.Null(call.Exception));
    }

    [Fact]
    public async Task Calls_with_one_id_are_calls_of_their_own()
    {
        var calls = await Read(
            """
            [{"id":"call_0","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Bonn\"}"}},
             {"id":"call_0","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Ulm\"}"}}]
            """);

        Assert.Equal(
            [("call_0", "Bonn"), ("call_0-1", "Ulm")],
            calls.Select(call => (call.CallId, ((JsonElement)call.Arguments!["city"]!).GetString()!)));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"{}\"")]
    [InlineData("\" \\n\"")]
    [InlineData("null")]
    [InlineData("{}")]
    public async Task A_call_without_arguments_has_an_empty_set(string arguments) =>
        Assert.Empty(Assert.Single(await Read($$"""[{"id":"c1","function":{"name":"now","arguments":{{arguments}} } }]""")).Arguments!);

    [Fact]
    public async Task Arguments_given_as_an_object_are_read() =>
        Assert.Equal(
            "1",
            (
                (JsonElement)Assert.Single(
                    await Read("""[{"id":"c1","function":{"name":"f","arguments":{"a":1}}}]""")).Arguments!["a"]!).GetRawText());

    [Theory]
    [InlineData("{\\\"city\\\": \\\"Par", "{\"city\": \"Par")]
    [InlineData("[1]", "[1]")]
    [InlineData("city=Paris", "city=Paris")]
    [InlineData("{\\\"a\\\":1} and more", "{\"a\":1} and more")]
    public async Task Arguments_that_are_no_JSON_object_are_kept_with_the_parse_error(string wire, string text)
    {
        var call = Assert.Single(await Read($$"""[{"id":"c1","function":{"name":"weather","arguments":"{{wire}}"} }]"""));

        Assert.Equal(text, call.AdditionalProperties![DatabricksPropertyNames.RawArguments]);
        Assert.IsAssignableFrom<JsonException>(call.Exception);
        Assert.Null(call.Arguments);
    }

    [Fact]
    public async Task Calls_win_over_a_finish_reason_of_stop() =>
        Assert.Single(await Read("""[{"id":"c1","function":{"name":"now","arguments":"{}"}}]""", finishReason: "stop"));

    [Fact]
    public async Task Members_without_a_place_are_kept_for_the_next_turn()
    {
        var call = Assert.Single(await Read(
            """[{"id":"c1","type":"function","function":{"name":"now","arguments":"{}"},"extra_content":{"google":{"thought_signature":"abc"}}}]"""));

        Assert.Equal(
            """{"extra_content":{"google":{"thought_signature":"abc"}}}""",
            ((JsonElement)call.AdditionalProperties![DatabricksPropertyNames.ToolCallExtras]!).GetRawText());
    }

    [Fact]
    public async Task A_call_without_an_id_gets_one_that_no_other_has()
    {
        var calls = await Read("""[{"function":{"name":"a","arguments":"{}"}},{"id":null,"function":{"name":"b","arguments":"{}"}}]""");

        Assert.Equal(["r1-call-0", "r1-call-1"], calls.Select(call => call.CallId));
    }

    [Fact]
    public async Task The_older_function_call_is_read()
    {
        var response = await Exchange.Reads(
            """{"id":"r1","choices":[{"message":{"function_call":{"name":"now","arguments":"{\"zone\":\"UTC\"}"}},"finish_reason":"function_call"}]}""");

        var call = Assert.IsType<FunctionCallContent>(Assert.Single(response.Messages[0].Contents));
        Assert.Equal(("now", "UTC"), (call.Name, call.Arguments!["zone"]!.ToString()));
    }

    [Fact]
    public async Task A_call_without_a_name_is_a_typed_failure()
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => Read("""[{"id":"c1","function":{"arguments":"{}"}}]"""));

        Assert.Equal("A tool call has no function name.", exception.InnerException!.Message);
    }
}
