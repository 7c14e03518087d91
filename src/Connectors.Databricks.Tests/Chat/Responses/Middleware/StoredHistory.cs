using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

/// <summary>A history as an app reads it from a database: written as JSON and read again.</summary>
internal static class StoredHistory
{
    public static List<ChatMessage> Of(IEnumerable<ChatMessage> history) =>
    [
        .. JsonSerializer.Deserialize<IList<ChatMessage>>(
            JsonSerializer.Serialize<IList<ChatMessage>>([.. history], AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!,
    ];
}
