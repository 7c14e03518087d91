using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Discovery.Profiles;
using Connectors.Databricks.Discovery.Signatures;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

/// <summary>
/// The serving endpoints and the model services of a workspace with what each can do, from <see cref="DatabricksServingClient.Directory"/>.
/// A cached snapshot is refreshed in the background; concurrent callers share one request. If the service fails, the last snapshot is
/// returned with its age. Thread-safe.
/// </summary>
public class EndpointDirectory
{
    private readonly EndpointReader? _reader;
    private readonly ModelServiceReader? _services;
    private readonly SnapshotCache? _cache;

    internal EndpointDirectory(
        WorkspaceApi api,
        ServingSurfaces surfaces,
        DatabricksModelCapabilities models,
        EndpointDirectoryOptions options,
        Func<string, IChatClient> chatClientFactory)
    {
        Redaction = api.Redaction;
        ChatClientFactory = chatClientFactory;
        _reader = new EndpointReader(api, models);
        _services = new ModelServiceReader(api, surfaces, models);
        _cache = new SnapshotCache(
            new DirectoryReader(_reader, _services, options.ModelServiceSchemas), _reader, options, api.Clock);
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="EndpointDirectory"/> class for mocks and decorators: every member that is called must
    /// be overridden.
    /// </summary>
    protected EndpointDirectory()
    {
    }

    /// <summary>
    /// Gets the endpoints and the model services. The first call reads them; later calls return the cached snapshot, which is refreshed in
    /// the background when it is older than <see cref="EndpointDirectoryOptions.TimeToLive"/>. If one of the two kinds cannot be listed,
    /// the
    /// snapshot has the other, and <see cref="EndpointDirectorySnapshot.Notes"/> has the reason.
    /// </summary>
    /// <param name="cancellationToken">Cancels the wait, not a request that other callers wait for.</param>
    /// <returns>The newest snapshot, with its age and with the failure of the last refresh, if any.</returns>
    /// <exception cref="DatabricksServingException">There is no snapshot, and neither kind could be listed.</exception>
    public virtual Task<EndpointDirectorySnapshot> GetAsync(CancellationToken cancellationToken = default) =>
        Connected(_cache).GetAsync(cancellationToken);

    /// <summary>Reads the endpoints and the model services now. Concurrent callers share one request.</summary>
    /// <param name="cancellationToken">Cancels the wait, not a request that other callers wait for.</param>
    /// <returns>The new snapshot.</returns>
    /// <exception cref="DatabricksServingException">Neither kind could be listed. The previous snapshot is kept.</exception>
    public virtual Task<EndpointDirectorySnapshot> RefreshAsync(CancellationToken cancellationToken = default) =>
        Connected(_cache).RefreshAsync(cancellationToken);

    /// <summary>
    /// Gets the profile of one endpoint, or of one model service, from its full document: one request, which is not
    /// cached.
    /// </summary>
    /// <param name="endpointName">
    /// The name of the endpoint, or of the model service, such as <c>system.ai.claude-sonnet-4-5</c>. In a workspace without Unity Gateway,
    /// a model service is looked up as the serving endpoint that chat calls use in its place.
    /// </param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException"><paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>.</exception>
    /// <exception cref="DatabricksServingException">The request failed; 404 if there is none of that name.</exception>
    public virtual Task<EndpointProfile> GetProfileAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        EndpointPath.Require(endpointName);
        return ErrorKinds.IsUnityCatalogName(endpointName)
            ? Connected(_services).ProfileAsync(endpointName, Connected(_reader), cancellationToken)
            : Connected(_reader).ProfileAsync(endpointName, cancellationToken);
    }

    /// <summary>Gets the inputs and outputs of a model with their types, from the OpenAPI document of the endpoint.</summary>
    /// <param name="endpointName">The name of the endpoint, which must be ready.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The signature of each served entity that has one.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>, or a model service, which has no signature.
    /// </exception>
    /// <exception cref="DatabricksServingException">The request failed, or the response is not an OpenAPI document.</exception>
    public virtual Task<EndpointSignature> GetSignatureAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        RequireServingEndpoint(endpointName);
        return Connected(_reader).OpenApiAsync(endpointName, SignatureFromOpenApi.Parse, cancellationToken);
    }

    /// <summary>Gets the OpenAPI document that the service creates from the signature of a model.</summary>
    /// <param name="endpointName">The name of the endpoint, which must be ready.</param>
    /// <param name="cancellationToken">Cancels the request.</param>
    /// <returns>The document, as JSON text.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="endpointName"/> is empty, <c>.</c> or <c>..</c>, or a model service, which has no such document.
    /// </exception>
    /// <exception cref="DatabricksServingException">The request failed; models without a signature have no such document.</exception>
    public virtual Task<string> GetOpenApiAsync(string endpointName, CancellationToken cancellationToken = default)
    {
        RequireServingEndpoint(endpointName);
        return Connected(_reader).OpenApiAsync(endpointName, WorkspaceDocument.ReadText, cancellationToken);
    }

    /// <summary>Removes secrets from the results of tools.</summary>
    internal Redaction Redaction { get; } = Redaction.OfNone;

    /// <summary>Creates the chat clients of <c>query_endpoint</c>; null for a mock.</summary>
    internal Func<string, IChatClient>? ChatClientFactory { get; }

    private static void RequireServingEndpoint(string endpointName)
    {
        EndpointPath.Require(endpointName);
        if (ErrorKinds.IsUnityCatalogName(endpointName))
        {
            throw new ArgumentException(
                $"'{endpointName}' is a model service: only serving endpoints have a signature. Model services are called with " +
                "GetChatClient or GetEmbeddingGenerator.",
                nameof(endpointName));
        }
    }

    private static T Connected<T>(T? member)
        where T : class =>
        member ?? throw new InvalidOperationException(
            "This EndpointDirectory was created without a workspace, as mocks are. Override the member that was called.");
}
