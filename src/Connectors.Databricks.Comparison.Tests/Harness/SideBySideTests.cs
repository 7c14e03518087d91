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

        Assert.Contains("did not occur: `MaxTokens`", failure, StringComparison.Ordinal);
    }

    [Fact]
    public Task The_differences_that_may_show_everywhere_occur() => SideBySide.RunAsync(
        [Reply.Calls(Call.Weather()), Reply.Text("Sunny.")], Ask.NonStreaming(Ask.Auto), [.. AcceptedDifferences.Everywhere]);

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
