using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

/// <summary>Apps see arguments as text; the model gets back the JSON that it wrote, however it wrote it.</summary>
public class ArgumentsOnTheWireTests
{
    private static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    public static TheoryData<string> Written =>
    [
        """{"value": ["x", "y"]}""",
        "{\"value\" : {\"a\" :\t[ 1,\n2 ] } }",
        """{"value": {"name": "caf\u00e9 \u0026 \ud83d\ude00"}}""",
        """{"value": [1.0, 1e2, 0.10, 12345678901234567890]}""",
        """{"value": {"a": 1, "a": [ 2 ]}}""",
        """{"value": 1.50}""",
        """{"value": true}""",
        """{"value": null}""",
        """{"value": "[\"x\", \"y\"]"}""",
        """{"value": "5"}""",
        """{"value": [ ]}""",
    ];

    [Theory]
    [MemberData(nameof(Written))]
    public Task Nested_arguments_go_back_as_values(string arguments) => AssertGoesBackAsync(arguments, streams: false, isSaved: false);

    [Theory]
    [MemberData(nameof(Written))]
    public Task Nested_arguments_of_a_stream_go_back_as_values(string arguments) =>
        AssertGoesBackAsync(arguments, streams: true, isSaved: false);

    [Theory]
    [MemberData(nameof(Written))]
    public Task Nested_arguments_go_back_as_values_after_the_history_was_saved(string arguments) =>
        AssertGoesBackAsync(arguments, streams: false, isSaved: true);

    private static async Task AssertGoesBackAsync(string arguments, bool streams, bool isSaved)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Kernel.Plugins.AddFromFunctions("Any", [KernelFunctionFactory.CreateFromMethod((object? value) => "done", "Take")]);
        fixture.Endpoint.RepliesRaw(Call(arguments), streams).Replies("Done.").Replies("Again.");
        ChatHistory history = [new(AuthorRole.User, "Go.")];

        await fixture.AnswerAsync(history, Auto, streams);
        if (isSaved)
        {
            history = JsonSerializer.Deserialize<ChatHistory>(JsonSerializer.Serialize(history))!;
            await fixture.AnswerAsync(history, Auto, streams);
        }

        var sent = (string?)fixture.Sent()["messages"]![1]!["tool_calls"]![0]!["function"]!["arguments"];
        using var expected = JsonDocument.Parse(arguments);
        using var actual = JsonDocument.Parse(sent!);
        Assert.True(JsonElement.DeepEquals(expected.RootElement, actual.RootElement), sent);
    }

    [Theory]
    [InlineData("""["x", "z"]""")]
    [InlineData("[\"x\", \"y\"")]
    [InlineData("x and y")]
    public async Task What_a_filter_changes_goes_as_it_was_changed(string changed)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Kernel.Plugins.AddFromFunctions("Any", [KernelFunctionFactory.CreateFromMethod((object? value) => "done", "Take")]);
        fixture.Endpoint.RepliesRaw(Call("""{"value": ["x", "y"]}"""), streams: false).Replies("Done.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter((context, next) =>
        {
            context.Arguments!["value"] = changed;
            return next(context);
        }));

        await fixture.AnswerAsync([new(AuthorRole.User, "Go.")], Auto, streams: false);

        var sent = (string?)fixture.Sent()["messages"]![1]!["tool_calls"]![0]!["function"]!["arguments"];
        Assert.Equal(changed, (string?)JsonNode.Parse(sent!)!["value"]);
    }

    private static string Call(string arguments) => new JsonArray(new JsonObject
    {
        ["id"] = "c", ["type"] = "function", ["function"] = new JsonObject { ["name"] = "Any-Take", ["arguments"] = arguments },
    }).ToJsonString();
}
