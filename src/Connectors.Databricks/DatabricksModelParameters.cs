namespace Connectors.Databricks;

/// <summary>The request parameters that a model does not support, by their names in the body.</summary>
public sealed record DatabricksModelParameters
{
    /// <summary>
    /// Gets the parameters that are dropped from requests: <c>temperature</c>, <c>top_p</c>, <c>top_k</c>, <c>frequency_penalty</c>,
    /// <c>presence_penalty</c>, <c>seed</c>, <c>stop</c>, <c>parallel_tool_calls</c>, <c>stream_options</c>.
    /// </summary>
    /// <value>Default: none.</value>
    public IReadOnlyList<string> Refused { get; init; } = [];

    /// <summary>Gets a value indicating whether <c>top_p</c> cannot be combined with <c>temperature</c>.</summary>
    /// <value>Default: <see langword="false"/>.</value>
    public bool TemperatureExcludesTopP { get; init; }

    /// <summary>Gets the name of the output limit: <c>max_tokens</c> or <c>max_completion_tokens</c>.</summary>
    /// <value>Default: <c>max_tokens</c>.</value>
    public string OutputLimit { get; init; } = "max_tokens";

    /// <summary>
    /// Gets the output limit, in tokens, that is sent when the caller sets none, for models whose default is too low to be useful.
    /// </summary>
    /// <value>Default: <see langword="null"/>: none is sent.</value>
    public int? OutputLimitWhenUnset { get; init; }

    /// <summary>Gets the maximum value of <c>n</c>.</summary>
    /// <value>Default: <see langword="null"/>: not known.</value>
    public int? MaxChoices { get; init; }
}
