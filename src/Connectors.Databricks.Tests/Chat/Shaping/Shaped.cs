using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Shaping;

/// <summary>A request as a model gets it, and the report of what was changed.</summary>
internal static class Shaped
{
    public static async Task Sends(
        string endpoint, string request, IEnumerable<ChatMessage> messages, ChatOptions? options, IEnumerable<string> changes,
        Action<DatabricksServingOptions>? configure = null)
    {
        var service = new VerbatimService().Answers(Some.ChatBody);
        var response = await service.Client(configure).GetChatClient(endpoint).GetResponseAsync(messages, options);

        JsonText.AssertEqual(request, Assert.Single(service.Sent).Body);
        Assert.Equal(changes, response.GetRequestAdjustments().Select(Told));
    }

    public static Task Sends(string endpoint, string request, ChatOptions options, params IEnumerable<string> changes) =>
        Sends(endpoint, request, Some.Question(), options, changes);

    /// <summary>The change in one line; one that affects the answer has a mark of exclamation.</summary>
    public static string Told(DatabricksRequestAdjustment adjustment) =>
        $"{adjustment.Field} {adjustment.Change}{(adjustment.AffectsAnswer ? "!" : string.Empty)}";
}
