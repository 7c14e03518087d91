using Connectors.Databricks.AspNetCore.Routing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>
/// Reads the workspace through a directory of its own, which caches, shares concurrent requests and keeps the last list while the service
/// fails. Without a workspace or a credential, returns the table of models.
/// </summary>
internal sealed class ModelHubSource(DatabricksModelHubOptions options)
{
    private readonly EndpointDirectoryOptions _directoryOptions = new()
    {
        TimeToLive = options.RefreshInterval,
        ModelServiceSchemas = options.ModelServiceSchemas,
    };

    private readonly TimeSpan _retryAfter = options.RefreshInterval;
    private readonly Lock _lock = new();
    private DatabricksServingClient? _serving;
    private EndpointDirectory? _directory;
    private long? _missingSince;
    private object? _reported;

    public async Task<ModelHubListing> GetAsync(HttpContext context)
    {
        var clock = RouteContext.Clock(context);
        if (IsKnownToBeMissing(clock))
        {
            return CapabilityTable.Listing;
        }

        try
        {
            if (Directory(context) is { } directory)
            {
                var snapshot = await directory.GetAsync(context.RequestAborted).ConfigureAwait(false);
                Report(context, snapshot);
                return ModelHubListing.Of(snapshot);
            }
        }
        catch (DatabricksCredentialException exception) when (IsMissing(exception))
        {
            ModelHubLog.WithoutWorkspace(RouteContext.Logger(context), exception.Failure.ToString());
        }

        lock (_lock)
        {
            _missingSince = clock.GetTimestamp();
        }

        return CapabilityTable.Listing;
    }

    /// <summary>The client and the directory of a workspace that has been read.</summary>
    public (DatabricksServingClient Serving, EndpointDirectory Directory) Workspace
    {
        get
        {
            lock (_lock)
            {
                return (_serving!, _directory!);
            }
        }
    }

    /// <summary>The URL of the workspace; null while it is unknown.</summary>
    public Uri? Host
    {
        get
        {
            try
            {
                return Workspace.Serving.Host;
            }
            catch (InvalidOperationException)
            {
                // It is discovered by the first request.
                return null;
            }
        }
    }

    private static bool IsMissing(DatabricksCredentialException exception) =>
        exception.Failure is DatabricksCredentialFailure.NoHost or DatabricksCredentialFailure.NoCredentials;

    // The search for a credential may start processes, so that it is not repeated for each request.
    private bool IsKnownToBeMissing(TimeProvider clock)
    {
        lock (_lock)
        {
            return _missingSince is { } since && clock.GetElapsedTime(since) < _retryAfter;
        }
    }

    private EndpointDirectory? Directory(HttpContext context)
    {
        lock (_lock)
        {
            _serving ??= context.RequestServices.GetService<DatabricksServingClient>();
            return _directory ??= _serving?.CreateDirectory(_directoryOptions);
        }
    }

    private void Report(HttpContext context, EndpointDirectorySnapshot snapshot)
    {
        object reported = snapshot.Failure is { } failure ? failure : snapshot.Profiles;
        lock (_lock)
        {
            if (ReferenceEquals(_reported, reported))
            {
                return;
            }

            _reported = reported;
        }

        if (snapshot.Failure is { } last)
        {
            ModelHubLog.Stale(RouteContext.Logger(context), (long)snapshot.Age.TotalSeconds, last.Message);
        }
        else if (snapshot.Notes.Count > 0)
        {
            ModelHubLog.Incomplete(RouteContext.Logger(context), string.Join(" ", snapshot.Notes));
        }
    }
}
