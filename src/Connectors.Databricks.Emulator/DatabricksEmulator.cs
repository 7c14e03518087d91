using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.OAuth;

namespace Connectors.Databricks.Emulator;

/// <summary>A local server that answers as Databricks Model Serving does. It listens on 127.0.0.1 only.</summary>
public sealed class DatabricksEmulator : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, EmulatedEndpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly TokenBook _tokens;
    private readonly EmulatorServer _server;
    private readonly EmulatorAddresses _addresses;
    private int _endpointNumber;

    private DatabricksEmulator(DatabricksEmulatorOptions options)
    {
        _addresses = new EmulatorAddresses(options.WorkspaceId);
        OAuth = new EmulatedOAuth(options, _addresses);
        ClientId = options.ClientId;
        ClientSecret = options.ClientSecret;
        _tokens = new TokenBook(options, OAuth.Tokens);
        var oauth = new OAuthSurface(options, OAuth, _tokens, _addresses, _endpoints);
        _server = new EmulatorServer(options, _addresses, _tokens, new Dispatcher(options, _endpoints, oauth));
        if (options.AddsDefaultEndpoints)
        {
            AddDefaults();
        }
    }

    /// <summary>The address to use as the workspace URL, such as <c>http://127.0.0.1:5123/</c>.</summary>
    public Uri Host => _addresses.Workspace!;

    /// <summary>The personal access token that is valid now.</summary>
    public string Token => _tokens.Current;

    /// <summary>The client id of the service principal that the emulator starts with.</summary>
    public string ClientId { get; }

    /// <summary>The OAuth secret of the service principal that the emulator starts with.</summary>
    public string ClientSecret { get; }

    /// <summary>Where OAuth clients get their tokens.</summary>
    public EmulatedOAuth OAuth { get; }

    /// <summary>Every endpoint, by name.</summary>
    public IReadOnlyList<EmulatedEndpoint> Endpoints => [.. _endpoints.Values.OrderBy(endpoint => endpoint.Name, StringComparer.Ordinal)];

    /// <summary>Every request that has arrived whole, in order of arrival: a snapshot.</summary>
    public IReadOnlyList<RecordedRequest> Requests => _server.Requests;

    /// <summary>Starts an emulator.</summary>
    /// <param name="options">What to start with; null takes the defaults.</param>
    /// <param name="cancellationToken">Stops starting.</param>
    /// <returns>The running emulator; disposing it closes every connection at once.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="System.Net.Sockets.SocketException">The port may not be opened by this user.</exception>
    public static async Task<DatabricksEmulator> StartAsync(
        DatabricksEmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        var emulator = new DatabricksEmulator((options ?? new DatabricksEmulatorOptions()).Copy());
        try
        {
            await emulator._server.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await emulator.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        return emulator;
    }

    /// <summary>Finds an endpoint.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">There is none; the message names those there are.</exception>
    public EmulatedEndpoint Endpoint(string name)
        => _endpoints.TryGetValue(name, out EmulatedEndpoint? endpoint)
            ? endpoint
            : throw new KeyNotFoundException(
                $"The emulator has no endpoint '{name}'. It has: {string.Join(", ", Endpoints.Select(known => known.Name))}.");

    /// <summary>Adds a chat endpoint of a family.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="dialect">The family.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddChatEndpoint(string name, EmulatedDialect dialect)
        => Add(name, "llm/v1/chat", ModelTable.For(dialect), ModelTable.For(dialect).Entity);

    /// <summary>Adds a chat endpoint that behaves exactly like one of the default models, refusals included.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint to resemble, such as <c>databricks-claude-opus-4-8</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">No default model has this name.</exception>
    public EmulatedEndpoint AddChatEndpointLike(string name, string model)
    {
        ModelFacts facts = ModelTable.All.FirstOrDefault(facts => facts.Endpoint == model) ?? throw new KeyNotFoundException(
            $"There is no default model '{model}'. There are: {string.Join(", ", ModelTable.All.Select(facts => facts.Endpoint))}.");
        return Add(name, "llm/v1/chat", facts, facts.Entity);
    }

    /// <summary>Adds an agent.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="kind">The surface it serves.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddAgentEndpoint(string name, EmulatedAgentKind kind = EmulatedAgentKind.ChatAgent)
        => Add(
            name,
            kind == EmulatedAgentKind.ChatAgent ? "agent/v2/chat" : "agent/v1/chat",
            ModelTable.Agent,
            entity: null);

    /// <summary>Adds an embedding endpoint that behaves like <c>databricks-gte-large-en</c>.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddEmbeddingEndpoint(string name) => AddEmbeddingEndpointLike(name, EmbeddingTable.All[0].Endpoint);

    /// <summary>Adds an embedding endpoint that behaves like one of the default embedding models.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint to resemble, such as <c>databricks-qwen3-embedding-0-6b</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">No default embedding model has this name.</exception>
    public EmulatedEndpoint AddEmbeddingEndpointLike(string name, string model)
    {
        IEnumerable<string> names = EmbeddingTable.All.Select(facts => facts.Endpoint);
        EmbeddingFacts facts = EmbeddingTable.All.FirstOrDefault(facts => facts.Endpoint == model) ?? throw new KeyNotFoundException(
            $"There is no default embedding model '{model}'. There are: {string.Join(", ", names)}.");
        return Add(name, "llm/v1/embeddings", null, name == facts.Endpoint ? facts.Entity : null, facts);
    }

    /// <summary>Adds an endpoint that completes prompts.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddCompletionEndpoint(string name) => Add(name, "llm/v1/completions", null, entity: null);

    /// <summary>Adds a classic model: a small linear one with the inputs <c>tenure</c> and <c>monthly_charges</c>.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddClassicEndpoint(string name) => Add(name, null, null, entity: null);

    /// <summary>Makes a new personal access token. Every older one counts as expired from now on; OAuth tokens stay.</summary>
    /// <returns>The new token, also in <see cref="Token"/>.</returns>
    public string RotateToken() => _tokens.Rotate();

    /// <inheritdoc/>
    [SuppressMessage("Usage", "CA1816", Justification = "The class is sealed and has no finalizer.")]
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    internal void ExpireToken(int status) => _tokens.Expire(status);

    private void AddDefaults()
    {
        foreach (ModelFacts facts in ModelTable.All)
        {
            Add(facts.Endpoint, "llm/v1/chat", facts, facts.Entity);
        }

        AddEmbeddingEndpoint(EmbeddingTable.All[0].Endpoint);
        AddAgentEndpoint("support-agent", EmulatedAgentKind.ChatAgent);
        AddAgentEndpoint("research-agent", EmulatedAgentKind.ChatModel);
        AddClassicEndpoint("churn-v1");
        foreach (EmbeddingFacts facts in EmbeddingTable.All.Skip(1))
        {
            AddEmbeddingEndpointLike(facts.Endpoint, facts.Endpoint);
        }

        AddCompletionEndpoint("text-base");
    }

    private EmulatedEndpoint Add(string name, string? task, ModelFacts? facts, string? entity, EmbeddingFacts? embedding = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        int number = Interlocked.Increment(ref _endpointNumber);
        string id = new Conversation.Ids(-number).Hex(0);
        string ownEntity = "main.models." + name.Replace('-', '_');
        var endpoint = new EmulatedEndpoint(this, _addresses, name, task, facts, entity ?? ownEntity, id, embedding);
        _endpoints[name] = endpoint;
        return endpoint;
    }
}
