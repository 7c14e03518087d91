using System.Buffers;
using Connectors.Databricks.AspNetCore.OpenAI.Errors;
using Connectors.Databricks.AspNetCore.OpenAI.Models;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>What the routes call: the endpoints that clients may use, their clients, and the list of models.</summary>
internal sealed class OpenAIBackend(DatabricksOpenAIOptions options)
{
    private const int MaxNameLength = 255;
    private const string LogCategory = "Connectors.Databricks.AspNetCore";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly HashSet<string> _allowed = new(options.Endpoints, StringComparer.Ordinal);
    private readonly bool _allowsAny = options.AllowAnyEndpoint;
    private readonly bool _includesReasoning = options.IncludeReasoning;
    private readonly Func<IServiceProvider, string, IChatClient>? _chat = options.ChatClientFactory;
    private readonly Func<IServiceProvider, string, IEmbeddingGenerator<string, Embedding<float>>>? _embeddings =
        options.EmbeddingGeneratorFactory;

    public RequestLimits Limits { get; } = new(
        options.MaxMessages, options.MaxTools, options.MaxEmbeddingInputs,
        new HashSet<string>(options.AllowedAdditionalProperties, StringComparer.Ordinal));

    public long MaxRequestBytes { get; } = options.MaxRequestBytes;

    public TimeSpan KeepAliveInterval { get; } = options.KeepAliveInterval;

    public static TimeProvider Clock(HttpContext context) => context.RequestServices.GetService<TimeProvider>() ?? TimeProvider.System;

    public static DateTimeOffset Now(HttpContext context) => Clock(context).GetUtcNow();

    public static ILogger Logger(HttpContext context) =>
        context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(LogCategory);

    /// <exception cref="OpenAIRequestException">The name is not in the allow-list, or cannot be a name.</exception>
    public string RequireModel(string name) =>
        _allowed.Contains(name) || (_allowsAny && IsName(name)) ? name : throw InvalidRequests.ModelNotFound();

    private static bool IsName(string name) =>
        name.Length <= MaxNameLength && !name.AsSpan().ContainsAnyExcept(NameCharacters) && name.AsSpan().ContainsAnyExcept('.');

    public IChatClient ChatClient(HttpContext context, string model, ChatOptions request)
    {
        if (!_includesReasoning)
        {
            (request.Reasoning ??= new ReasoningOptions()).Output = ReasoningOutput.None;
        }

        return _chat?.Invoke(context.RequestServices, model) ?? Serving(context).GetChatClient(model);
    }

    public IEmbeddingGenerator<string, Embedding<float>> EmbeddingGenerator(HttpContext context, string model) =>
        _embeddings?.Invoke(context.RequestServices, model) ?? Serving(context).GetEmbeddingGenerator(model);

    /// <summary>Returns the endpoints of the directory that clients may use, ordered by name.</summary>
    public async Task<IReadOnlyList<ServedModel>> ModelsAsync(HttpContext context)
    {
        try
        {
            var snapshot = await Serving(context).Directory.GetAsync(context.RequestAborted).ConfigureAwait(false);
            return
            [
                .. snapshot.Profiles.Where(profile => ServedModel.IsServed(profile) && (_allowsAny || _allowed.Contains(profile.Name)))
                    .Select(ServedModel.Of).OrderBy(model => model.Name, StringComparer.Ordinal),
            ];
        }
        catch (DatabricksServingException exception) when (!_allowsAny && IsUnreadable(exception))
        {
            // A credential that may query and not list: the allow-list is the list of models.
            return [.. _allowed.Order(StringComparer.Ordinal).Select(name => new ServedModel(name, 0))];
        }
    }

    private static bool IsUnreadable(DatabricksServingException exception) =>
        exception.Kind == DatabricksServingErrorKind.PermissionDenied || exception.Kind == DatabricksServingErrorKind.MissingScope;

    private static DatabricksServingClient Serving(HttpContext context) =>
        context.RequestServices.GetRequiredService<DatabricksServingClient>();
}
