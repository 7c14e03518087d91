namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>
/// Reads the endpoints and the model services of a workspace at the same time. What a token may not list, or what fails, does not cost the
/// other kind.
/// </summary>
internal sealed class DirectoryReader(EndpointReader endpoints, ModelServiceReader services, IReadOnlyList<string>? schemas)
{
    /// <param name="last">The previous snapshot, from which a kind is kept that cannot be read for the moment.</param>
    /// <param name="cancellationToken">Cancels the requests.</param>
    /// <exception cref="DatabricksServingException">Neither kind can be read.</exception>
    public async Task<DirectoryListing> ReadAsync(EndpointDirectorySnapshot? last, CancellationToken cancellationToken)
    {
        var readServices = TryAsync(services.ListAsync(schemas, cancellationToken));
        var readEndpoints = TryAsync(endpoints.ListAsync(cancellationToken));
        await Task.WhenAll(readServices, readEndpoints).ConfigureAwait(false);
        var (listedServices, servicesFailure) = await readServices.ConfigureAwait(false);
        var (listedEndpoints, endpointsFailure) = await readEndpoints.ConfigureAwait(false);
        if (endpointsFailure is not null && listedServices is null)
        {
            throw servicesFailure is null ? endpointsFailure : DirectoryExceptions.Neither(endpointsFailure, servicesFailure);
        }

        // Model services come first: they are what new workspaces serve foundation models as.
        return Joined(
            listedServices ?? Kept(servicesFailure, last, isModelService: true),
            listedEndpoints ?? Kept(endpointsFailure, last, isModelService: false));
    }

    private static DirectoryListing Joined(DirectoryListing first, DirectoryListing second) =>
        new([.. first.Profiles, .. second.Profiles], [.. first.Unreadable, .. second.Unreadable])
        {
            Notes = [.. first.Notes, .. second.Notes],
            IsPartial = first.IsPartial || second.IsPartial,
        };

    private static DirectoryListing Kept(DatabricksServingException? failure, EndpointDirectorySnapshot? last, bool isModelService)
    {
        if (failure is null)
        {
            return DirectoryListing.Empty;
        }

        IReadOnlyList<EndpointProfile> kept = failure.IsTransient && last is not null
            ? [.. last.Profiles.Where(profile => profile.IsModelService == isModelService)]
            : [];
        return new DirectoryListing(kept, [])
        {
            Notes = [kept.Count == 0 ? failure.Message : $"{failure.Message} Those of an earlier request are listed."],
            IsPartial = failure.IsTransient,
        };
    }

    private static async Task<(T? Listing, DatabricksServingException? Failure)> TryAsync<T>(Task<T> listing)
        where T : class?
    {
        try
        {
            return (await listing.ConfigureAwait(false), null);
        }
        catch (DatabricksServingException exception)
        {
            return (null, exception);
        }
    }
}
