using Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Settings;

/// <summary>
/// Translates what Semantic Kernel leaves of other connectors' settings in <see cref="ChatOptions.AdditionalProperties"/>, which would
/// reach the endpoint under names that it rejects.
/// </summary>
internal sealed class OtherSettingsChatClient(IChatClient innerClient) : DelegatingChatClient(innerClient)
{
    /// <summary>The names in a request, for names of Semantic Kernel's settings; null for a setting that no request has.</summary>
    private static readonly Dictionary<string, string?> RequestNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["token_selection_biases"] = "logit_bias",
        ["results_per_prompt"] = "n",
        [ToolCallBehaviors.Property] = null,
    };

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetResponseAsync(messages, Translated(options), cancellationToken);

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        base.GetStreamingResponseAsync(messages, Translated(options), cancellationToken);

    // The caller's options stay as they are, and most need no copy.
    private static ChatOptions? Translated(ChatOptions? options)
    {
        if (options?.AdditionalProperties is not { } given || !given.Keys.Any(RequestNames.ContainsKey))
        {
            return options;
        }

        var translated = options.Clone();
        translated.AdditionalProperties = [];
        foreach (var (name, value) in given)
        {
            if (RequestNames.GetValueOrDefault(name, name) is { } own)
            {
                translated.AdditionalProperties.TryAdd(own, value);
            }
        }

        return translated;
    }
}
