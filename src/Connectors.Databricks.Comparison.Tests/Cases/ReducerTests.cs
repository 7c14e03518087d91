using Connectors.Databricks.Comparison.Tests.Harness;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.Comparison.Tests.Cases;

public class ReducerTests
{
    private static readonly Reply[] TwoTurns =
    [
        Reply.Calls(Call.Weather("Bonn")), Reply.Text("Sunny."),
        Reply.Calls(Call.Weather("Ulm")), Reply.Text("Sunny too."),
    ];

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public Task A_truncated_history_continues(int targetCount) => SideBySide.RunAsync(
        [.. TwoTurns, Reply.Text("Yes.")],
        app => ReduceAsync(app, new ChatHistoryTruncationReducer(targetCount)));

    [Fact]
    public Task A_summarized_history_continues() => SideBySide.RunAsync(
        [.. TwoTurns, Reply.Text("They talked about the weather."), Reply.Text("Yes.")],
        app => ReduceAsync(app, new ChatHistorySummarizationReducer(app.Chat, targetCount: 2)),
        AcceptedDifferences.SystemMessages);

    private static async Task<object?> ReduceAsync(App app, IChatHistoryReducer reducer)
    {
        ChatHistory history = new("Be brief.");
        foreach (var question in new[] { "Weather in Bonn?", "And in Ulm?" })
        {
            history.AddUserMessage(question);
            history.Add(await app.Chat.GetChatMessageContentAsync(history, Ask.Auto, app.Kernel));
        }

        history.AddUserMessage("Really?");
        return await Ask.NonStreamingAsync(app, await history.ReduceAsync(reducer, CancellationToken.None), Ask.Auto);
    }
}
