using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;

namespace Connectors.Databricks.AspNetCore.Caching;

/// <summary>
/// The caching client of Microsoft.Extensions.AI, which stores complete responses only, and whose key has everything that changes a
/// response: also the workspace, the endpoint and the tools.
/// </summary>
internal sealed class CompleteResponseCachingChatClient(IChatClient innerClient, IDistributedCache storage)
    : DistributedCachingChatClient(innerClient, storage)
{
    // A function cannot be part of a key.
    protected override bool EnableCaching(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        options?.RawRepresentationFactory is null && base.EnableCaching(messages, options);

    protected override string GetCacheKey(
        IEnumerable<ChatMessage> messages, ChatOptions? options, params ReadOnlySpan<object?> additionalValues)
    {
        var metadata = this.GetService<ChatClientMetadata>();
        return base.GetCacheKey(
            messages, options,
            [.. additionalValues, metadata?.ProviderUri?.AbsoluteUri, metadata?.DefaultModelId, .. ToolsOf(options)]);
    }

    private static IEnumerable<object?> ToolsOf(ChatOptions? options)
    {
        foreach (var tool in options?.Tools ?? [])
        {
            yield return tool.Name;
            yield return tool.Description;
            yield return (tool as AIFunctionDeclaration)?.JsonSchema;
            yield return tool.AdditionalProperties is { Count: > 0 } properties
                ? string.Join('\n', properties.Select(property => $"{property.Key}: {property.Value}"))
                : null;
        }
    }

    protected override Task WriteCacheAsync(string key, ChatResponse value, CancellationToken cancellationToken) =>
        CompleteResponses.IsComplete(value) ? base.WriteCacheAsync(key, value, cancellationToken) : Task.CompletedTask;

    protected override Task WriteCacheStreamingAsync(
        string key, IReadOnlyList<ChatResponseUpdate> value, CancellationToken cancellationToken) =>
        CompleteResponses.IsComplete(value.ToChatResponse())
            ? base.WriteCacheStreamingAsync(key, value, cancellationToken)
            : Task.CompletedTask;
}
