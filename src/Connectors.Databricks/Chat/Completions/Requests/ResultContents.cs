using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Requests;

/// <summary>Knows which function results are contents, such as images, and not values to be written as JSON.</summary>
internal static class ResultContents
{
    /// <returns>The contents, with a <see cref="ResultValue"/> for each value among them; null for a value.</returns>
    public static IReadOnlyList<AIContent>? Of(FunctionResultContent result)
    {
        try
        {
            return result.Result switch
            {
                AIContent content => [content],
                IEnumerable<AIContent> contents => contents as IReadOnlyList<AIContent> ?? [.. contents],
                IEnumerable<object?> items => Among(items),
                JsonElement element => StoredContents.Read(element),
                _ => null,
            };
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // An enumerator that throws, an element of a document that was disposed: what is written instead is decided where it is written.
            return null;
        }
    }

    // A list that is typed more loosely than its contents; among other values an image would end up as base64 text.
    private static List<AIContent>? Among(IEnumerable<object?> items) =>
        items is ICollection<object?> { Count: > 0 } collection && collection.Any(item => item is AIContent)
            ? [.. collection.Select(item => item as AIContent ?? new ResultValue(item))]
            : null;
}
