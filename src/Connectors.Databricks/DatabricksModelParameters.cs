namespace Connectors.Databricks;

/// <summary>Which options of a request a model refuses, by their names in the body.</summary>
public sealed record DatabricksModelParameters
{
    /// <summary>
    /// The fields that are left out of a request: <c>temperature</c>, <c>top_p</c>, <c>top_k</c>, <c>frequency_penalty</c>,
    /// <c>presence_penalty</c>, <c>seed</c>, <c>stop</c>, <c>parallel_tool_calls</c>, <c>stream_options</c>.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>Whether <c>top_p</c> is refused beside <c>temperature</c>.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool TemperatureExcludesTopP { get; init; }

    /// <summary>The field of the output limit: <c>max_tokens</c> or <c>max_completion_tokens</c>.</summary>
    /// <value>Default: <c>max_tokens</c>.</value>
    public string OutputLimit { get; init; } = "max_tokens";

    /// <summary>
    /// The output limit, in tokens, that is sent when a caller sets none, for models whose own is too short to be meant.
    /// </summary>
    /// <value>Default: <see langword="null"/>: none is sent.</value>
    public int? OutputLimitWhenUnset { get; init; }

    /// <summary>The largest <c>n</c>.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxChoices { get; init; }
}
