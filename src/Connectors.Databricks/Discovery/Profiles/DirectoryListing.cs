namespace Connectors.Databricks.Discovery.Profiles;

/// <summary>The endpoints of a workspace, its model services, or both together.</summary>
/// <param name="Profiles">Those that were read.</param>
/// <param name="Unreadable">A line for each item that is not the document of one.</param>
internal sealed record DirectoryListing(IReadOnlyList<EndpointProfile> Profiles, IReadOnlyList<string> Unreadable)
{
    public static DirectoryListing Empty { get; } = new([], []);

    /// <summary>What is missing, and why.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Whether something is missing that a later request may return.</summary>
    public bool IsPartial { get; init; }
}
