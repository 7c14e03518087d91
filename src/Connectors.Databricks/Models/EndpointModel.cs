using Connectors.Databricks.Models.Corrections;

namespace Connectors.Databricks.Models;

/// <summary>
/// The capabilities that requests to one endpoint are adapted to: the record of its model, with the corrections of the endpoint applied.
/// Immutable and shared by all calls to the endpoint, so that a call that needs no changes allocates nothing.
/// </summary>
internal sealed class EndpointModel
{
    /// <summary>Supports everything: requests to an unknown model are not changed.</summary>
    private static readonly DatabricksModelInfo Unknown = new() { Name = "an unknown model" };

    private readonly DatabricksModelInfo? _record;

    public EndpointModel(string endpointName, DatabricksModelInfo? record, IReadOnlyList<ParameterCorrection>? corrections = null)
    {
        EndpointName = endpointName;
        _record = record;
        Corrections = corrections ?? [];
        Model = Corrections.Aggregate(record ?? Unknown, static (model, correction) => correction.Apply(model));
        ExpiresAt = Corrections.Count == 0 ? DateTimeOffset.MaxValue : Corrections.Min(correction => correction.ExpiresAt);
        Bare = Unknown with
        {
            Reasoning = Model.Reasoning,
            UnsupportedParameters =
                [.. Corrections.Select(correction => correction.Field).Where(field => field == CorrectionParser.StreamOptions)],
        };
    }

    public string EndpointName { get; }

    /// <summary>The record without corrections; null when the model is unknown.</summary>
    public DatabricksModelInfo? Record => _record;

    /// <summary>The APIs that the workspace reports; null when they were not looked up.</summary>
    public ServedApis? Serving { get; init; }

    /// <summary>Whether the task of the endpoint is that of an agent.</summary>
    public bool IsAgent => Serving?.IsAgent is true;

    /// <summary>The record with all corrections applied.</summary>
    public DatabricksModelInfo Model { get; }

    /// <summary>
    /// The part that applies when request shaping is off: the reasoning style, which has no alternative, and <c>stream_options</c>, which
    /// the connector adds.
    /// </summary>
    public DatabricksModelInfo Bare { get; }

    public IReadOnlyList<ParameterCorrection> Corrections { get; }

    /// <summary>When the first correction expires.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>Returns why a parameter is not supported: an error of the endpoint, otherwise the record.</summary>
    public string Reason(string field)
    {
        foreach (var correction in Corrections)
        {
            if (correction.AppliesTo(field))
            {
                return $"the endpoint rejected it: \"{correction.ServiceMessage}\"";
            }
        }

        return _record is null ? "the model is unknown" :
            _record.AsOf is { } date ? $"{_record.Name} does not support it (record of {date:yyyy-MM-dd})" :
            $"{_record.Name} does not support it (custom record)";
    }

    public EndpointModel With(ParameterCorrection correction) =>
        new(EndpointName, _record, [.. Corrections.Where(known => known.Topic != correction.Topic), correction]) { Serving = Serving };

    public EndpointModel Without(Func<ParameterCorrection, bool> isRemoved) =>
        new(EndpointName, _record, [.. Corrections.Where(correction => !isRemoved(correction))]) { Serving = Serving };
}
