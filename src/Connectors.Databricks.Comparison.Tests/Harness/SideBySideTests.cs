using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Xunit.Sdk;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>A comparison that cannot fail says nothing: these show what fails one.</summary>
public class SideBySideTests
{
    [Fact]
    public async Task A_different_result_fails_the_case()
    {
        var failure = await FailureAsync(async app =>
        {
            await Ask.NonStreaming()(app);
            return new { app.Connector.GetType().Name };
        });

        Assert.Contains("result.Name: \"OpenAIConnector\" <> \"DatabricksConnector\"", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_different_request_fails_the_case()
    {
        var failure = await FailureAsync(app => AskAsync(app, app.Connector == Connector.OpenAI ? "One?" : "Two?"));

        Assert.Contains("requests[0].messages[0].content: \"One?\" <> \"Two?\"", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(DatabricksChatApi.ChatCompletions), "Three?")]
    [InlineData(nameof(DatabricksChatApi.Responses), "Two?")]
    public async Task A_different_request_over_one_API_fails_the_case(string api, string question)
    {
        var failure = await FailureAsync(app => AskAsync(
            app, app.Connector == Connector.OpenAI || app.Connector.Api.ToString() != api ? "One?" : question));

        Assert.Contains($"over {api}", failure, StringComparison.Ordinal);
        Assert.Contains($"requests[0].messages[0].content: \"One?\" <> \"{question}\"", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_difference_that_another_row_accepts_fails_the_case()
    {
        var failure = await FailureAsync(Ask.NonStreaming(new() { ExtensionData = new Dictionary<string, object> { ["max_tokens"] = 5 } }));

        Assert.Contains("requests[0].max_tokens: (absent) <> 5", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_accepted_difference_that_does_not_occur_fails_the_case()
    {
        var failure = await FailureAsync(Ask.NonStreaming(), AcceptedDifferences.MaxTokens);

        Assert.Contains("did not occur over ChatCompletions: `MaxTokens`", failure, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_differences_that_may_show_everywhere_occur() => SideBySide.RunAsync(
        [Reply.StreamedCalls(Call.Weather()), Reply.Streamed("Sunny.")], Ask.Streaming(Ask.Auto),
        [.. AcceptedDifferences.Everywhere, AcceptedDifferences.StreamedCallMessage]);

    [Fact]
    public async Task A_side_that_makes_no_request_fails_the_case()
    {
        var failure = await FailureAsync(app =>
            app.Connector == Connector.OpenAI ? Ask.NonStreaming()(app) : Task.FromResult<object?>(null));

        Assert.Contains("Databricks made no request", failure, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_is_not_requested_fails_the_case()
    {
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() =>
            SideBySide.RunAsync([Reply.Text("One."), Reply.Text("Two.")], Ask.NonStreaming()));

        Assert.Contains("OpenAI left 1 replies", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<object?> AskAsync(App app, string question) =>
        (await app.Chat.GetChatMessageContentAsync(question, kernel: app.Kernel)).Content;

    private static async Task<string> FailureAsync(Func<App, Task<object?>> program, params AcceptedDifference[] accepted) =>
        (await Assert.ThrowsAnyAsync<XunitException>(() => SideBySide.RunAsync([Reply.Text("Yes.")], program, accepted))).Message;
}
