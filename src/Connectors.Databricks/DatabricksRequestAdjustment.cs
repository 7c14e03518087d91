using System.Diagnostics.CodeAnalysis;

namespace Connectors.Databricks;

/// <summary>An adjustment of a request to the capabilities of the model.</summary>
public sealed record DatabricksRequestAdjustment
{
    /// <summary>Initializes a new instance of the <see cref="DatabricksRequestAdjustment"/> class, such as for tests.</summary>
    public DatabricksRequestAdjustment()
    {
    }

    [SetsRequiredMembers]
    internal DatabricksRequestAdjustment(string field, string change, string reason, bool affectsAnswer)
    {
        Field = field;
        Change = change;
        Reason = reason;
        AffectsAnswer = affectsAnswer;
    }

    /// <summary>Gets the name of the parameter in the request body, such as <c>temperature</c> or <c>tools.strict</c>.</summary>
    public required string Field { get; init; }

    /// <summary>Gets a description of the change, such as <c>left out</c>.</summary>
    public required string Change { get; init; }

    /// <summary>Gets why the parameter is not supported: the record of the model, or an error response of the endpoint.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// Gets a value indicating whether the adjustment can change the response, as dropped stop sequences do. Such adjustments are logged at
    /// Warning, once per endpoint; others at Debug.
    /// </summary>
    public required bool AffectsAnswer { get; init; }
}
