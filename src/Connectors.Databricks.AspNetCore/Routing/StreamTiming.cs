namespace Connectors.Databricks.AspNetCore.Routing;

/// <summary>When a stream starts without an update, and when it is kept open by a comment.</summary>
/// <param name="GracePeriod">How long the status waits for the first update; negative for without a limit.</param>
/// <param name="KeepAliveInterval">The interval of comments.</param>
internal readonly record struct StreamTiming(TimeSpan GracePeriod, TimeSpan KeepAliveInterval);
