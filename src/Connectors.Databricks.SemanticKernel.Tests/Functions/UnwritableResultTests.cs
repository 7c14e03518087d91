using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Functions;

/// <summary>A result without a JSON form does not end the turn: the model reads what went wrong.</summary>
public class UnwritableResultTests
{
    private static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    private sealed class Cycle
    {
        public Cycle Self => this;
    }

    private sealed class Broken
    {
        public string Name => throw new InvalidOperationException("The name is lost.");
    }

    public static TheoryData<string> Kinds => ["cycle", "delegate", "type", "getter", "exception"];

    private static object Result(string kind) => kind switch
    {
        "cycle" => new Cycle(),
        "delegate" => new Func<int>(() => 1),
        "type" => typeof(string),
        "getter" => new Broken(),
        _ => new InvalidOperationException("The bridge is closed."),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_function_result_without_a_JSON_form_is_an_error_to_the_model(string kind)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Kernel.Plugins.AddFromFunctions("Odd", [KernelFunctionFactory.CreateFromMethod(() => Result(kind), "Get")]);
        fixture.Endpoint.CallsTool("Odd-Get").Replies("Sorry.");

        var answer = await fixture.Chat.GetChatMessageContentAsync("Go.", Auto, fixture.Kernel);

        Assert.Equal("Sorry.", answer.Content);
        AssertError(fixture, kind);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_result_that_the_app_adds_without_a_JSON_form_is_an_error_to_the_model(string kind)
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        var call = new FunctionCallContent("Get", "Odd", "c");

        await fixture.Chat.GetChatMessageContentAsync(
        [
            new(AuthorRole.User, "Go."), new(AuthorRole.Assistant, [call]),
            new(AuthorRole.Tool, [new FunctionResultContent(call, Result(kind))]),
        ]);

        AssertError(fixture, kind);
    }

    private static void AssertError(EmulatedKernel fixture, string kind)
    {
        var sent = (string?)fixture.Sent()["messages"]![2]!["content"];
        Assert.StartsWith("Error: ", sent, StringComparison.Ordinal);
        if (kind is "exception")
        {
            Assert.Equal("Error: Exception while invoking function. The bridge is closed.", sent);
        }
        else
        {
            Assert.StartsWith("Error: The result of function 'Odd-Get' cannot be written as JSON. ", sent, StringComparison.Ordinal);
        }
    }
}
