using System.Text.Json;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Surfaces;

/// <summary>Reads the workspace's own data about names: its model services, and the models behind its serving endpoints.</summary>
/// <param name="settings">The host and the limits.</param>
/// <param name="transport">Sends the requests.</param>
internal sealed class WorkspaceNames(DatabricksServingOptions settings, ServingTransport transport)
{
    public ModelServicePager Services { get; } = new(settings, transport);

    /// <summary>Lists the model services that the token can see.</summary>
    /// <exception cref="DatabricksServingException">They cannot be listed.</exception>
    public async Task<ModelServices> ListServicesAsync(CancellationToken cancellationToken)
    {
        var list = await Services.ReadAsync(
            schema: null, ModelServicePager.Call,
            static (call, document, stop) => Read(call, document, ModelServiceFromWire.ReadPage, stop), cancellationToken)
            .ConfigureAwait(false);

        // A host that repeats a page repeats its services: each name counts once.
        return list.Failure is null
            ? new([.. list.Items.DistinctBy(static service => service.Name, StringComparer.Ordinal)], list.IsCut)
            : throw list.Failure;
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
        var call = WorkspaceApi.Get(operation, string.Empty, uri, static (_, _) => null);
        return await transport.GetDocumentAsync(
            call, (call, read), static (document, state, stop) => Read(state.call, document, state.read, stop), cancellationToken)
            .ConfigureAwait(false);
    }

    private static T Read<T>(
        ServingCall call, ServedDocument document, Func<JsonElement, T> read, CancellationToken cancellationToken) =>
        read(WorkspaceDocument.ReadElement(call, document, cancellationToken));
}
