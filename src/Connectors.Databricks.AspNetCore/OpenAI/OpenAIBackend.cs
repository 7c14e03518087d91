using Connectors.Databricks.AspNetCore.Errors;
using Connectors.Databricks.AspNetCore.OpenAI.Models;
using Connectors.Databricks.AspNetCore.OpenAI.Requests;
using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI;

/// <summary>What the routes call: the endpoints that clients may use, their clients, and the list of models.</summary>
internal sealed class OpenAIBackend(DatabricksOpenAIOptions options)
{
    private readonly EndpointAllowList _allowed = new(options.Endpoints, options.AllowAnyEndpoint);
    private readonly bool _includesReasoning = options.IncludeReasoning;
    private readonly Func<IServiceProvider, string, IChatClient>? _chat = options.ChatClientFactory;
    private readonly Func<IServiceProvider, string, IEmbeddingGenerator<string, Embedding<float>>>? _embeddings =
        options.EmbeddingGeneratorFactory;

    public RequestLimits Limits { get; } = new(
        options.MaxMessages, options.MaxTools, options.MaxEmbeddingInputs,
        new HashSet<string>(options.AllowedAdditionalProperties, StringComparer.Ordinal));

    public long MaxRequestBytes { get; } = options.MaxRequestBytes;

    public StreamTiming Timing { get; } = new(options.FirstUpdateGracePeriod, options.KeepAliveInterval);

    public static DateTimeOffset Now(HttpContext context) => RouteContext.Clock(context).GetUtcNow();

    /// <exception cref="RejectedRequestException">The name is not in the allow-list, or cannot be a name.</exception>
    public string RequireModel(string name) => _allowed.Require(name);

    public IChatClient ChatClient(HttpContext context, string model, ChatOptions request)
    {
        if (!_includesReasoning)
        {
            (request.Reasoning ??= new ReasoningOptions()).Output = ReasoningOutput.None;
        }

        return _chat?.Invoke(context.RequestServices, model) ?? RouteContext.Serving(context).GetChatClient(model);
    }

    public IEmbeddingGenerator<string, Embedding<float>> EmbeddingGenerator(HttpContext context, string model) =>
        _embeddings?.Invoke(context.RequestServices, model) ?? RouteContext.Serving(context).GetEmbeddingGenerator(model);

    /// <summary>Returns the endpoints of the directory that clients may use, ordered by name.</summary>
    public async Task<IReadOnlyList<ServedModel>> ModelsAsync(HttpContext context)
    {
        try
        {
            var snapshot = await RouteContext.Serving(context).Directory.GetAsync(context.RequestAborted).ConfigureAwait(false);
            return
            [
                .. snapshot.Profiles.Where(profile => ServedModel.IsServed(profile) && _allowed.Includes(profile.Name))
                    .Select(ServedModel.Of).OrderBy(model => model.Name, StringComparer.Ordinal),
            ];
        }
        catch (DatabricksServingException exception) when (!_allowed.AllowsAny && IsUnreadable(exception))
        {
            // A credential that may query and not list: the allow-list is the list of models.
            return [.. _allowed.Names.Order(StringComparer.Ordinal).Select(name => new ServedModel(name, 0))];
        }
    }

    private static bool IsUnreadable(DatabricksServingException exception) =>
        exception.Kind == DatabricksServingErrorKind.PermissionDenied || exception.Kind == DatabricksServingErrorKind.MissingScope;
}
