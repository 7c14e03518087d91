namespace Connectors.Databricks.Endpoints.Waiting;

/// <summary>What a look at an endpoint means for somebody who waits for it (serving reference §9.6, §9.7).</summary>
internal enum EndpointVerdict
{
    /// <summary>It is ready, and serves what it was told to.</summary>
    Ready,

    /// <summary>Something is under way.</summary>
    Underway,

    /// <summary>Nothing is ready and nothing is under way: it is stopped, or has not begun yet.</summary>
    Idle,

    /// <summary>It will not become ready by itself.</summary>
    Failed,
}
