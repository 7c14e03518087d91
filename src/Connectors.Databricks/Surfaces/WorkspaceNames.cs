using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Surfaces;

/// <summary>Reads the workspace's own data about names: its model services, and the models behind its serving endpoints.</summary>
/// <param name="settings">The host and the limits.</param>
/// <param name="transport">Sends the requests.</param>
internal sealed class WorkspaceNames(DatabricksServingOptions settings, ServingTransport transport)
{
    /// <summary>The largest page that the service allows.</summary>
    private const int PageSize = 100;

    /// <summary>10,000 services: a host that never ends its list must not hold a call.</summary>
    internal const int MaxPages = 100;

    private const string SystemSchema = "schemas/system.ai";

    /// <summary>
    /// Lists the model services that the token can see. Permissions are applied after paging, so a page may be empty and another follow;
    /// some hosts repeat their last token.
    /// </summary>
    /// <exception cref="DatabricksServingException">They cannot be listed.</exception>
    public async Task<IReadOnlyList<ModelService>> ListServicesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ListServicesAsync(parent: null, cancellationToken).ConfigureAwait(false);
        }
        catch (DatabricksServingException exception) when (exception.StatusCode == System.Net.HttpStatusCode.BadRequest)
        {
            // Without a parent the list covers every schema; for hosts that require one, the schema of Databricks' own models is used.
            return await ListServicesAsync(SystemSchema, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ModelService>> ListServicesAsync(string? parent, CancellationToken cancellationToken)
    {
        var services = new List<ModelService>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? pageToken = null;
        do
        {
            var uri = EndpointPath.ModelServices(settings.Host, parent, PageSize, pageToken);
            var (page, next) = await ReadAsync("Listing model services", uri, ModelServiceFromWire.ReadPage,
                cancellationToken).ConfigureAwait(false);
            services.AddRange(page);
            pageToken = next;
        }
        while (pageToken is not null && seen.Add(pageToken) && seen.Count < MaxPages);

        return services;
    }

    /// <exception cref="DatabricksServingException">It does not exist, or the token may not read it.</exception>
    public Task<ModelService?> GetServiceAsync(string name, CancellationToken cancellationToken) => ReadAsync(
        $"Getting model service '{name}'", EndpointPath.ModelService(settings.Host, name), ModelServiceFromWire.Read, cancellationToken);

    /// <summary>Reads the foundation models that a serving endpoint serves.</summary>
    /// <exception cref="DatabricksServingException">It does not exist, or the token may not view it.</exception>
    public Task<IReadOnlyList<string>> GetModelsAsync(string endpointName, CancellationToken cancellationToken) => ReadAsync(
        $"Getting endpoint '{endpointName}'", EndpointPath.Management(settings.Host, "serving-endpoints", endpointName), ModelsOf,
            cancellationToken);

    /// <summary>Lists the serving endpoints of foundation models, with their models.</summary>
    /// <exception cref="DatabricksServingException">They cannot be listed.</exception>
    public Task<IReadOnlyList<(string Name, IReadOnlyList<string> Models)>> ListEndpointsAsync(CancellationToken cancellationToken) =>
        ReadAsync(
        "Listing endpoints", EndpointPath.Management(settings.Host, "serving-endpoints"), ReadEndpoints, cancellationToken);

    private static IReadOnlyList<(string Name, IReadOnlyList<string> Models)> ReadEndpoints(JsonElement document) =>
        document.MemberOf("endpoints") is not { ValueKind: JsonValueKind.Array } endpoints ? [] :
        [
            .. from endpoint in endpoints.EnumerateArray()
               let name = endpoint.TextOf("name")
               where name is not null
               select (name, ModelsOf(endpoint)),
        ];

    private static IReadOnlyList<string> ModelsOf(JsonElement endpoint) =>
        endpoint.MemberOf("config").MemberOf("served_entities") is not { ValueKind: JsonValueKind.Array } entities ? [] :
        [
            .. entities.EnumerateArray().Select(entity => entity.MemberOf("foundation_model").TextOf("name")).OfType<string>()
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];

    private async Task<T> ReadAsync<T>(string operation, Uri uri, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        var call = new ServingCall(operation, string.Empty, uri, Body: null, IsStream: false)
        {
            Method = HttpMethod.Get,
            RetrySafety = RetrySafety.Idempotent,
            IsSentence = true,
            Surface = ResponseSurface.Management,
        };
        return await transport.GetDocumentAsync(call, (call, read), static (document, state, stop) =>
        {
            try
            {
                JsonBounds.Require(document.Body, document.Reply.Limits.MaxJsonValues, document.Reply.Json, stop);
                using var parsed = JsonDocument.Parse(document.Body,
                    new JsonDocumentOptions { MaxDepth = document.Reply.Limits.MaxJsonDepth });
                return parsed.RootElement.MemberOf("error_code").ValueKind == JsonValueKind.Undefined
                    ? state.read(parsed.RootElement)
                    : throw ServingExceptions.ErrorInBody(state.call, document.Reply, parsed.RootElement);
            }
            catch (BoundExceededException exception)
            {
                throw ServingExceptions.TooLarge(state.call, document.Reply, exception.Limit, exception.Name);
            }
            catch (Exception exception) when (JsonReading.IsUnreadable(exception))
            {
                throw ServingExceptions.Malformed(state.call, document.Reply, exception);
            }
        }, cancellationToken).ConfigureAwait(false);
    }
}
