using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>Who is told by mail when an update of the endpoint ends.</summary>
public sealed record EmailNotifications : EndpointDocument
{
    private readonly EquatableList<string> _onUpdateSuccess;
    private readonly EquatableList<string> _onUpdateFailure;

    /// <summary>The addresses that are told of success.</summary>
    public IReadOnlyList<string>? OnUpdateSuccess { get => _onUpdateSuccess.OrNull; init => _onUpdateSuccess = new(value); }

    /// <summary>The addresses that are told of failure.</summary>
    public IReadOnlyList<string>? OnUpdateFailure { get => _onUpdateFailure.OrNull; init => _onUpdateFailure = new(value); }
}
