namespace Connectors.Databricks.AspNetCore.ModelHub;

/// <summary>What the hub shows at one moment.</summary>
/// <param name="Profiles">The endpoints and model services; the same list as long as the workspace is not read again.</param>
/// <param name="IsTable">Whether they are the built-in table of models, because there is no workspace.</param>
/// <param name="Age">The age of the list.</param>
/// <param name="ReadAt">When the workspace was read; null for the table.</param>
/// <param name="IsStale">Whether the last attempt to read the workspace failed.</param>
/// <param name="Gaps">The number of parts that are missing, such as a kind that the credential may not list.</param>
internal sealed record ModelHubListing(
    IReadOnlyList<EndpointProfile> Profiles, bool IsTable = false, TimeSpan Age = default, DateTimeOffset? ReadAt = null,
    bool IsStale = false, int Gaps = 0)
{
    public string Source => IsTable ? "capability-table" : "workspace";

    public static ModelHubListing Of(EndpointDirectorySnapshot snapshot) => new(
        snapshot.Profiles, IsTable: false, snapshot.Age, snapshot.ReadAt, snapshot.Failure is not null,
        snapshot.Notes.Count + snapshot.Unreadable.Count);
}
