namespace Connectors.Databricks.Emulator;

/// <summary>Limits of requests, endpoints and recordings.</summary>
public sealed class EmulatorLimitsOptions
{
    internal EmulatorLimitsOptions()
    {
    }

    /// <summary>Gets or sets how many requests are recorded. The oldest are evicted; set a low number for soak tests.</summary>
    /// <value><see cref="int.MaxValue"/>: all of them.</value>
    public int MaxRecordedRequests { get; set; } = int.MaxValue;

    /// <summary>Gets or sets the maximum number of texts in an embedding request.</summary>
    /// <value>150: Databricks publishes no limit, and this one is not confirmed.</value>
    public int MaxEmbeddingInputs { get; set; } = 150;

    /// <summary>Gets or sets the maximum number of served entities of an endpoint.</summary>
    /// <value>15, as reported in databricks-sdk-py issue 1496; the documented limit is 10.</value>
    public int MaxServedEntities { get; set; } = 15;

    internal EmulatorLimitsOptions Copy() => (EmulatorLimitsOptions)MemberwiseClone();
}
