using System.Net;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Surfaces;

/// <summary>
/// Maps names between serving endpoints and model services with the workspace's own data. No rule about the spelling of names is
/// used: service, registered model and endpoint may all be named differently (serving reference §2.6).
/// </summary>
internal sealed class NameMapper(WorkspaceNames workspace)
{
    /// <summary>How many names an exception lists.</summary>
    private const int MaxListed = 10;

    /// <summary>Finds the model service of a serving endpoint.</summary>
    /// <param name="endpointName">The name that was refused.</param>
    /// <param name="isThroughput">
    /// Whether it is a provisioned throughput endpoint: only a service that routes to that endpoint has its capacity and its price.
    /// </param>
    /// <param name="cancellationToken">Cancels the lookups.</param>
    public async Task<NameMapping> ToServiceAsync(string endpointName, bool isThroughput, CancellationToken cancellationToken)
    {
        var models = await TryAsync(workspace.GetModelsAsync, endpointName, cancellationToken).ConfigureAwait(false);
        var services = await TryAsync(workspace.ListServicesAsync, cancellationToken).ConfigureAwait(false);
        var mapping = services.Value is null
            ? WithoutList(models, services.Reason, isThroughput || services.IsTransient)
            : FromList(endpointName, models, services.Value, isThroughput);
        return mapping with { IsIncomplete = mapping.Target is null && (models.IsTransient || services.IsTransient) };
    }

    /// <summary>Finds the serving endpoint of a model service, in a workspace without Unity Gateway.</summary>
    public async Task<NameMapping> ToEndpointAsync(string serviceName, CancellationToken cancellationToken)
    {
        var listed = await TryAsync(workspace.ListEndpointsAsync, cancellationToken).ConfigureAwait(false);
        if (listed.Value is not { } endpoints)
        {
            return new NameMapping(
                null,
                $"The workspace has no Unity Gateway, and its serving endpoints could not be listed ({listed.Reason}). Pass the name of " +
                "a serving endpoint, as the workspace's Serving page shows it.")
            {
                IsIncomplete = listed.IsTransient,
            };
        }

        var found = ServingModel(endpoints, serviceName);
        if (found.Count == 0 && await ModelBehindAsync(serviceName, cancellationToken).ConfigureAwait(false) is { } model)
        {
            found = ServingModel(endpoints, model);
        }

        return found switch
        {
            [var only] => NameMapping.To(only, serviceName),
            [] => NameMapping.None(
                $"The workspace has no Unity Gateway, and none of its serving endpoints serves '{serviceName}'. Pass the name of a " +
                $"serving endpoint{Choices(endpoints.Where(endpoint => endpoint.Models.Count > 0).Select(endpoint => endpoint.Name))}."),
            _ => NameMapping.None(
                $"The workspace has no Unity Gateway, and several serving endpoints serve '{serviceName}': {Listed(found)}. Pass one of " +
                "them."),
        };
    }

    /// <summary>Finds the service of a name that Unity Gateway rejects, unless it is a custom, external or agent endpoint.</summary>
    public async Task<NameMapping> CustomOrServiceAsync(string endpointName, bool hasGateway, CancellationToken cancellationToken)
    {
        var models = await TryAsync(workspace.GetModelsAsync, endpointName, cancellationToken).ConfigureAwait(false);
        return models.Value switch
        {
            { Count: > 0 } when hasGateway =>
                await ToServiceAsync(endpointName, isThroughput: false, cancellationToken).ConfigureAwait(false),

            // Unity Gateway accepts or maps the names of foundation models, so this is none; without it, the endpoint must show that.
            { Count: 0 } => new NameMapping(endpointName, string.Empty) { IsCustom = true },
            null when hasGateway => new NameMapping(endpointName, string.Empty) { IsCustom = true },
            var known => NameMapping.None(
                "The workspace has no Unity Gateway, or it is not enabled, and DatabricksServingOptions.Gateway is Always: set it to " +
                "Auto to call foundation models as serving endpoints." +
                (known is null ? $" Whether this is one is unknown, because the endpoint could not be read ({models.Reason})." : "")) with
            {
                IsIncomplete = models.IsTransient,
            },
        };
    }

    private static NameMapping FromList(
        string endpointName, Lookup<IReadOnlyList<string>> models, ModelServices listed, bool isThroughput)
    {
        var services = listed.Items;
        if (isThroughput || models.Value is not [var model])
        {
            var routing = services.Where(service => service.RoutesToEndpoint(endpointName)).ToList();
            return routing is [var single] ? Only(single, single.Destinations[0].Model, endpointName, listed)
                : routing.Count > 0 ? NameMapping.None(Several(endpointName, routing))
                : NameMapping.None(isThroughput
                    ? $"No model service that this token can list routes to the endpoint '{endpointName}'. Ask for a model service with " +
                        "it as a destination."
                    : UnknownModel(models, services));
        }

        if (services.FirstOrDefault(service => string.Equals(service.Name, model, StringComparison.OrdinalIgnoreCase)) is { } same)
        {
            return NameMapping.To(same.Name, model);
        }

        var candidates = services.Where(service => service.RoutesToModel(model)).ToList();
        return candidates switch
        {
            [var only] => Only(only, model, model, listed),
            [] => NameMapping.None(
                $"The endpoint serves '{model}', and no model service that this token can list routes to it. Ask for a model service, or " +
                "for EXECUTE on it."),
            _ => NameMapping.None(Several(model, candidates)),
        };
    }

    private static NameMapping Only(ModelService service, string? model, string name, ModelServices listed) => listed.IsCut
        ? NameMapping.None(
            $"The list of model services could not be read to its end: '{service.Name}' routes to '{name}', and others may, too. Pass " +
            "the name of the model service instead of the endpoint name.")
        : NameMapping.To(service.Name, model);

    // The endpoint's own data name the model. Whether a service has that name shows when it is called.
    private static NameMapping WithoutList(Lookup<IReadOnlyList<string>> models, string reason, bool isListNeeded) => models.Value switch
    {
        [var model] when !isListNeeded && ErrorKinds.IsUnityCatalogName(model) =>
            new NameMapping(model, string.Empty) { Model = model, IsTentative = true },
        null => NameMapping.None(
            $"Its model service could not be found, because neither the endpoint ({models.Reason}) nor the list of model services " +
            $"({reason}) can be read. Pass the name of the model service instead of the endpoint name."),
        _ => NameMapping.None(
            $"Its model service could not be found, because the model services cannot be listed ({reason}). Pass the name of the model " +
            "service instead of the endpoint name."),
    };

    private static string UnknownModel(Lookup<IReadOnlyList<string>> models, IReadOnlyList<ModelService> services) => models.Value switch
    {
        null => $"Its model is unknown, because the endpoint could not be read ({models.Reason}). Pass the name of a model service" +
            $"{Choices(services.Select(service => service.Name))}.",
        [] => $"The endpoint names no foundation model. Pass the name of a model " +
            $"service{Choices(services.Select(service => service.Name))}.",
        _ => $"The endpoint serves several models ({Listed(models.Value)}), so no single model service replaces it. Pass the name of a " +
            "model service.",
    };

    private static string Several(string name, IEnumerable<ModelService> candidates) =>
        $"Several model services route to '{name}': {Listed(candidates.Select(service => service.Name))}. Pass one of them instead of " +
        "the endpoint name.";

    private static string Choices(IEnumerable<string> names) => names.Any() ? $", such as {Listed(names)}" : string.Empty;

    private static string Listed(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", all.Take(MaxListed).Select(name => $"'{name}'"));
        return all.Count > MaxListed ? $"{shown} and {all.Count - MaxListed} more" : shown;
    }

    private static List<string> ServingModel(IReadOnlyList<(string Name, IReadOnlyList<string> Models)> endpoints, string model) =>
        [.. endpoints.Where(endpoint => endpoint.Models is [var only]
            && string.Equals(only, model, StringComparison.OrdinalIgnoreCase)).Select(endpoint => endpoint.Name)];

    // Unity Catalog may list the service, although no gateway serves it.
    private async Task<string?> ModelBehindAsync(string serviceName, CancellationToken cancellationToken)
    {
        var service = await TryAsync(workspace.GetServiceAsync, serviceName, cancellationToken).ConfigureAwait(false);
        return service.Value?.Destinations is [{ Model: var model }] ? model : null;
    }

    private static Task<Lookup<T>> TryAsync<T>(Func<string, CancellationToken, Task<T>> look, string name,
        CancellationToken cancellationToken)
        where T : class? =>
        TryAsync(stop => look(name, stop), cancellationToken);

    private static async Task<Lookup<T>> TryAsync<T>(Func<CancellationToken, Task<T>> look, CancellationToken cancellationToken)
        where T : class?
    {
        try
        {
            return new Lookup<T>(await look(cancellationToken).ConfigureAwait(false), string.Empty, IsTransient: false);
        }
        catch (DatabricksServingException exception)
        {
            var status = exception.StatusCode is { } known and not HttpStatusCode.OK ? $"{(int)known}" : "no response";
            return new Lookup<T>(null, $"{status} {exception.ErrorCode}".TrimEnd(), exception.IsTransient);
        }
    }

    /// <summary>What a lookup found.</summary>
    /// <param name="Value">The data; null when they could not be read.</param>
    /// <param name="Reason">Why they could not: status and code.</param>
    /// <param name="IsTransient">Whether a later lookup may succeed.</param>
    private sealed record Lookup<T>(T? Value, string Reason, bool IsTransient);
}
