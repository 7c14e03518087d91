using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>Recipients of email notifications about updates of the endpoint.</summary>
public sealed record EmailNotifications : EndpointDocument
{
    private readonly EquatableList<string> _onUpdateSuccess;
    private readonly EquatableList<string> _onUpdateFailure;

    /// <summary>Gets the email addresses that are notified when an update succeeds.</summary>
    public IReadOnlyList<string>? OnUpdateSuccess { get => _onUpdateSuccess.OrNull; init => _onUpdateSuccess = new(value); }

    /// <summary>Gets the email addresses that are notified when an update fails.</summary>
    public IReadOnlyList<string>? OnUpdateFailure { get => _onUpdateFailure.OrNull; init => _onUpdateFailure = new(value); }
}
