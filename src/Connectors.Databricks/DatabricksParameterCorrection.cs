using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks;

/// <summary>A correction of a parameter that an endpoint rejected, which is applied to later requests to that endpoint.</summary>
public sealed record DatabricksParameterCorrection
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksParameterCorrection"/> class, such as for tests.</summary>
    public DatabricksParameterCorrection()
    {
    }

    [SetsRequiredMembers]
    internal DatabricksParameterCorrection(
        string endpointName, string field, string change, string serviceMessage, DateTimeOffset createdAt, DateTimeOffset expiresAt)
    {
        EndpointName = endpointName;
        Field = field;
        Change = change;
        ServiceMessage = serviceMessage;
        CreatedAt = createdAt;
        ExpiresAt = expiresAt;
    }

    /// <summary>Gets the name of the endpoint.</summary>
    public required string EndpointName { get; init; }

    /// <summary>
    /// Gets the name of the rejected parameter in the request body, such as <c>temperature</c> or <c>tools.strict</c>.
    /// </summary>
    public required string Field { get; init; }

    /// <summary>Gets a description of the change, such as <c>left out</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Gets the error message of the service.</summary>
    public required string ServiceMessage { get; init; }

    /// <summary>Gets the time of the error response.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets the time when the correction expires, after which the parameter is sent again.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
