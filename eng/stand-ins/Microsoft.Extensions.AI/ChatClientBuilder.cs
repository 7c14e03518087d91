using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

public sealed class ChatClientBuilder(IChatClient innerClient)
{
    private readonly List<Func<IChatClient, IServiceProvider, IChatClient>> _layers = [];

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        _layers.Add(clientFactory);
        return this;
    }

    // The first layer is the outermost one.
    public IChatClient Build(IServiceProvider? services = null) =>
        Enumerable.Reverse(_layers).Aggregate(innerClient, (client, layer) => layer(client, services ?? NoServices.Instance));

    private sealed class NoServices : IServiceProvider
    {
        public static NoServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}

public static class ChatClientBuilderChatClientExtensions
{
    public static ChatClientBuilder AsBuilder(this IChatClient innerClient) => new(innerClient);
}

public static class OpenTelemetryChatClientBuilderExtensions
{
    public static ChatClientBuilder UseOpenTelemetry(
        this ChatClientBuilder builder,
        ILoggerFactory? loggerFactory = null,
        string? sourceName = null,
        Action<OpenTelemetryChatClient>? configure = null) =>
        builder.Use((inner, _) =>
        {
            var client = new OpenTelemetryChatClient(inner, loggerFactory?.CreateLogger(typeof(OpenTelemetryChatClient)), sourceName);
            configure?.Invoke(client);
            return client;
        });
}

/// <summary>One span per call; of what the real one writes on it, the names of operation and model.</summary>
public sealed class OpenTelemetryChatClient(IChatClient innerClient, ILogger? logger = null, string? sourceName = null)
    : DelegatingChatClient(innerClient)
{
    private readonly ActivitySource _source = new(string.IsNullOrEmpty(sourceName) ? "Experimental.Microsoft.Extensions.AI" : sourceName);
    private readonly string? _defaultModelId = innerClient.GetService<ChatClientMetadata>()?.DefaultModelId;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var span = Start(options);
        return await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var span = Start(options);
        await foreach (var update in base.GetStreamingResponseAsync(messages, options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
        }

        base.Dispose(disposing);
    }

    private Activity? Start(ChatOptions? options)
    {
        _ = logger;
        var model = options?.ModelId ?? _defaultModelId;
        return _source.StartActivity($"chat {model}", ActivityKind.Client)?
            .SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.request.model", model);
    }
}
