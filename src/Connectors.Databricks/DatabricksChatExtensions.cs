using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>What Databricks adds to chats: reports of what was changed in a request, and marks for the prompt cache.</summary>
public static class DatabricksChatExtensions
{
    /// <summary>What of the request was written otherwise, because the model does not take it as it was.</summary>
    /// <param name="response">A response of this connector.</param>
    /// <returns>The changes; none when the request went as it was.</returns>
    public static IReadOnlyList<DatabricksRequestAdjustment> GetRequestAdjustments(this ChatResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Adjustments(response.AdditionalProperties);
    }

    /// <summary>What of the request was written otherwise. The last update of a stream tells.</summary>
    /// <param name="update">An update of this connector.</param>
    /// <returns>The changes; none on all updates but the last.</returns>
    public static IReadOnlyList<DatabricksRequestAdjustment> GetRequestAdjustments(this ChatResponseUpdate update)
    {
        ArgumentNullException.ThrowIfNull(update);
        return Adjustments(update.AdditionalProperties);
    }

    /// <summary>Marks a content: the prompt up to its end is kept in the prompt cache of models that have one.</summary>
    /// <param name="content">Text, or a medium; it is marked itself.</param>
    /// <typeparam name="TContent">The type of the content.</typeparam>
    /// <returns><paramref name="content"/>.</returns>
    public static TContent WithCacheControl<TContent>(this TContent content)
        where TContent : AIContent
    {
        ArgumentNullException.ThrowIfNull(content);
        (content.AdditionalProperties ??= [])[DatabricksPropertyNames.CacheControl] = true;
        return content;
    }

    /// <summary>Marks a message: the prompt up to its end is kept in the prompt cache of models that have one.</summary>
    /// <param name="message">A system, user or assistant message; it is marked itself.</param>
    /// <returns><paramref name="message"/>.</returns>
    public static ChatMessage WithCacheControl(this ChatMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        (message.AdditionalProperties ??= [])[DatabricksPropertyNames.CacheControl] = true;
        return message;
    }

    /// <summary>Marks a tool: it and the tools before it are kept in the prompt cache of models that have one.</summary>
    /// <param name="function">The tool; it stays as it is.</param>
    /// <returns>A tool that does the same and is marked.</returns>
    public static AIFunction WithCacheControl(this AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new CacheControlFunction(function);
    }

    private static IReadOnlyList<DatabricksRequestAdjustment> Adjustments(AdditionalPropertiesDictionary? properties)
    {
        if (properties?.TryGetValue(DatabricksPropertyNames.RequestAdjustments, out var value) is not true ||
            value is not JsonElement { ValueKind: JsonValueKind.Array } items)
        {
            return [];
        }

        return [.. items.EnumerateArray().Select(item => new DatabricksRequestAdjustment(
            item.GetProperty("field").GetString()!,
            item.GetProperty("change").GetString()!,
            item.GetProperty("reason").GetString()!,
            item.GetProperty("affects_answer").GetBoolean()))];
    }

    private sealed class CacheControlFunction(AIFunction inner) : DelegatingAIFunction(inner)
    {
        private readonly AdditionalPropertiesDictionary _properties =
            new(inner.AdditionalProperties) { [DatabricksPropertyNames.CacheControl] = true };

        public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;
    }
}
