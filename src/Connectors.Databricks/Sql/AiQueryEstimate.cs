namespace Connectors.Databricks;

/// <summary>
/// What an <see cref="AiQueryBatch"/> would use, extrapolated from a sample. Tokens are estimated from characters: the warehouse reports no
/// usage.
/// </summary>
public sealed class AiQueryEstimate
{
    /// <summary>Gets the number of rows of the source.</summary>
    public long TotalRows { get; init; }

    /// <summary>Gets the number of rows of the sample, which were sent to the model and billed.</summary>
    public int SampledRows { get; init; }

    /// <summary>Gets the rows of the sample that failed.</summary>
    public IReadOnlyList<AiQueryFailure> Failures { get; init; } = [];

    /// <summary>Gets the number of input tokens of all rows, from the exact number of characters.</summary>
    public double InputTokens { get; init; }

    /// <summary>
    /// Gets the expected number of output tokens of all rows. <see cref="double.NaN"/> when every row of the sample failed.
    /// </summary>
    public double OutputTokens { get; init; }

    /// <summary>
    /// Gets the half-width of the 95 % confidence interval of <see cref="OutputTokens"/>, which covers the error of the sample, not that of
    /// characters per token. <see cref="double.NaN"/> for a sample of fewer than two responses.
    /// </summary>
    public double OutputTokensMargin { get; init; }

    /// <inheritdoc/>
    public override string ToString() =>
        FormattableString.Invariant($"{TotalRows} rows: about {InputTokens:N0} input and {OutputTokens:N0} ± {OutputTokensMargin:N0} ") +
        FormattableString.Invariant($"output tokens ({SampledRows} sampled, {Failures.Count} failed)");
}
