namespace Connectors.Databricks.Surfaces;

/// <summary>What a refusal means for the route of a name.</summary>
internal enum RouteChange
{
    /// <summary>Nothing: the refusal is the caller's.</summary>
    None,

    /// <summary>The name of a serving endpoint is refused: its model service is needed.</summary>
    ToService,

    /// <summary>The same for a provisioned throughput endpoint.</summary>
    ToThroughputService,

    /// <summary>The workspace has no Unity Gateway: the serving endpoint of the model service is needed.</summary>
    ToEndpoint,

    /// <summary>Unity Gateway does not serve the name: a custom endpoint stays a serving endpoint.</summary>
    ToCustomEndpoint,

    /// <summary>A cached mapping is out of date: the name is sent as it is again.</summary>
    Forget,

    /// <summary>A mapping that could not be looked up does not hold.</summary>
    RejectTentative,
}
