namespace Connectors.Databricks.Endpoints;

/// <summary>Who is told by mail when an update of the endpoint ends.</summary>
public sealed record EmailNotifications : EndpointDocument
{
    /// <summary>The addresses that are told of success.</summary>
    public IReadOnlyList<string>? OnUpdateSuccess { get; init; }

    /// <summary>The addresses that are told of failure.</summary>
    public IReadOnlyList<string>? OnUpdateFailure { get; init; }
}
