using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>Distinguishes function results that are contents, such as images, from values that are serialized as JSON.</summary>
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
            // An enumerator that throws, or an element of a disposed document: the writer handles the failure.
            return null;
        }
    }

    // A list of objects that includes contents; serialized as JSON, an image would become base64 text.
    private static List<AIContent>? Among(IEnumerable<object?> items) =>
        items is ICollection<object?> { Count: > 0 } collection && collection.Any(item => item is AIContent)
            ? [.. collection.Select(item => item as AIContent ?? new ResultValue(item))]
            : null;
}
