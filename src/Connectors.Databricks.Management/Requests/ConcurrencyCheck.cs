namespace Connectors.Databricks.Management.Requests;

/// <summary>Detects that an endpoint was changed since its configuration was read.</summary>
internal static class ConcurrencyCheck
{
    /// <summary>Ensures that a configuration that was read is still the current one.</summary>
    /// <exception cref="InvalidOperationException">The endpoint has another version.</exception>
    public static async Task RequireCurrentAsync(
        EndpointRequests requests, string endpointName, EndpointConfig config, CancellationToken cancellationToken)
    {
        // A configuration that the caller wrote has no version.
        if (config.ConfigVersion is { } version)
        {
            var now = await requests.GetAsync(endpointName, cancellationToken).ConfigureAwait(false);
            now.RequireReadable("config", $"Endpoint '{endpointName}' was not updated; set ConfigVersion to null to update it regardless.");
            if (now.Config?.ConfigVersion != version && now.PendingConfig?.ConfigVersion != version)
            {
                throw Changed(now, version, "The update was not sent; set ConfigVersion to null to overwrite the change");
            }
        }
    }

    public static InvalidOperationException Changed(ServingEndpoint now, long? known, string consequence) => new(
        $"Endpoint '{now.Name}' was changed concurrently: its configuration is {now.Config?.ConfigVersion}" +
        $"{(now.IsUpdating ? ", which is being updated" : string.Empty)}, not {known}. {consequence}.");
}
