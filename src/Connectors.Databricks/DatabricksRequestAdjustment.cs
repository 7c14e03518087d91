namespace Connectors.Databricks;

/// <summary>An adjustment of a request to the capabilities of the model.</summary>
/// <param name="Field">The name of the parameter in the request body, such as <c>temperature</c> or <c>tools.strict</c>.</param>
/// <param name="Change">A description of the change, such as <c>left out</c>.</param>
/// <param name="Reason">Why the parameter is not supported: the record of the model, or an error response of the endpoint.</param>
/// <param name="AffectsAnswer">
/// Whether the adjustment can change the answer, as dropped stop sequences do. Such adjustments are logged at Warning, once per endpoint;
/// others at Debug.
/// </param>
public sealed record DatabricksRequestAdjustment(string Field, string Change, string Reason, bool AffectsAnswer);
