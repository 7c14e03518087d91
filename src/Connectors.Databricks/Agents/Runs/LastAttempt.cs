using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>Collects the updates of a run that a crash interrupted: what the last attempt returned is the response.</summary>
internal static class LastAttempt
{
    public static async Task<ChatResponse> ReadAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        List<ChatResponseUpdate> kept = [];
        long? attempt = null;
        await foreach (var update in updates.ConfigureAwait(false))
        {
            if (AttemptOf(update) is { } number && number != attempt)
            {
                kept.Clear();
                attempt = number;
            }

            kept.Add(update);
        }

        return kept.ToChatResponse();
    }

    private static long? AttemptOf(ChatResponseUpdate update) =>
        update.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.RunAttempt, out var value) is true ? value as long? : null;
}
