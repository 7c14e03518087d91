namespace Connectors.Databricks;

/// <summary>Something in a request that was changed because the model does not take it as it was.</summary>
/// <param name="Field">What was changed, by its name in the body: <c>temperature</c>, <c>tools.strict</c>.</param>
/// <param name="Change">What became of it: <c>left out</c>.</param>
/// <param name="Reason">Who says that the model does not take it: the record of the model, or the endpoint itself.</param>
/// <param name="AffectsAnswer">
/// Whether the answer may be other than the one that was asked for, as without stop sequences. Such a change is logged at Warning, once for
/// each endpoint; others at Debug.
/// </param>
public sealed record DatabricksRequestAdjustment(string Field, string Change, string Reason, bool AffectsAnswer);
