using System.Text.Json;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Completions.Inbound;

/// <summary>Tool calls that share an id, and ids that are missing: each call of a response has an id of its own.</summary>
public class RepeatedCallIdsTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""")]
    [InlineData("{}", "{}")]
    [InlineData("", "")]
    [InlineData("""{"a":1}""", """{"a":1}""")]
    public async Task In_a_body_each_item_is_a_call(string first, string second)
    {
        var calls = await Read([Call("x", "f", first), Call("x", "f", second), Call("y", "g", "{}")]);

        Assert.Equal([("x", "f"), ("x-1", "f"), ("y", "g")], calls.Select(call => (call.CallId, call.Name)));
        Assert.Equal([null, "x", null], calls.Select(call => call.AdditionalProperties?[DatabricksPropertyNames.ToolCallId]));
        Assert.Equal("some-endpoint", calls[1].AdditionalProperties![DatabricksPropertyNames.ToolCallOrigin]);
    }

    [Fact]
    public async Task A_unique_id_is_not_one_that_another_call_has()
    {
        var calls = await Read(
            [Call("x", "f", "{}"), Call("x-1", "f", "{}"), Call("x", "f", "{}"), Call("x", "f", "{}"), Call("x-2", "f", "{}")]);

        Assert.Equal(5, calls.Select(call => call.CallId).Distinct().Count());
        Assert.Equal(["x", "x-1", "x-2", "x-3", "x-2-4"], calls.Select(call => call.CallId));
    }

    [Theory]
    [InlineData("""{"x":1}""")]
    [InlineData("{}")]
    public async Task In_a_stream_the_index_tells_calls_apart(string arguments)
    {
        var updates = await Exchange.ReadsStream(
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,{{{Call("x", "f", arguments)[1..]}}}]}}]}""",
            $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,{{{Call("x", "f", arguments)[1..]}}}]}}]}""",
            "[DONE]");

        Assert.Equal(["x", "x-1"], updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>().Select(call => call.CallId));
    }

    [Theory]
    [InlineData(" \"index\":0, ")]
    [InlineData("")]
    public async Task A_repeated_snapshot_of_the_arguments_is_no_further_call(string index)
    {
        string[] snapshots = ["""{"city":""", """{"city":"Par""", """{"city":"Paris"}""", """{"city":"Paris"}"""];
        var updates = await Exchange.ReadsStream(
            [
                .. snapshots.Select(
                    text => $$$"""{"choices":[{"index":0,"delta":{"tool_calls":[{ {{{index}}} {{{Call("x", "f", text)[1..]}}}]}}]}"""),
                "[DONE]",
            ]);

        var call = Assert.Single(updates.SelectMany(update => update.Contents).OfType<FunctionCallContent>());
        Assert.Equal("Paris", call.Arguments!["city"]!.ToString());
    }

    private static string Call(string id, string name, string arguments) =>
        $$$"""{"id":"{{{id}}}","type":"function","function":{"name":"{{{name}}}","arguments":"{{{JsonEncodedText.Encode(arguments)}}}"}}""";

    private static async Task<List<FunctionCallContent>> Read(string[] calls) =>
        [
            .. (await Exchange.Reads($$$"""{"choices":[{"message":{"tool_calls":[{{{string.Join(',', calls)}}}]}}]}""")).Messages[0]
                .Contents.OfType<FunctionCallContent>(),
        ];
}
