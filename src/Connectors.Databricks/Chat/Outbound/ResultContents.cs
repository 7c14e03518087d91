using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Outbound;

/// <summary>Knows which function results are contents, such as images, and not values to be written as JSON.</summary>
internal static class ResultContents
{
    /// <returns>The contents; null for a value.</returns>
    /// <exception cref="NotSupportedException">A list mixes contents with values.</exception>
    public static IReadOnlyList<AIContent>? Of(FunctionResultContent result) => result.Result switch
    {
        AIContent content => [content],
        IEnumerable<AIContent> contents => contents as IReadOnlyList<AIContent> ?? [.. contents],
        IEnumerable<object?> items => Among(result.CallId, items),
        JsonElement element => StoredContents.Read(element),
        _ => null,
    };

    // A list that is typed more loosely than its contents; among other values an image would end up as base64 text.
    private static List<AIContent>? Among(string callId, IEnumerable<object?> items)
    {
        if (items is not ICollection<object?> { Count: > 0 } collection || !collection.Any(item => item is AIContent))
        {
            return null;
        }

        return collection.All(item => item is AIContent)
            ? [.. collection.Cast<AIContent>()]
            : throw new NotSupportedException(
                $"The result of function call '{callId}' mixes contents with other values. Return contents alone, or values alone.");
    }
}
