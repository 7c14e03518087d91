using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.OAuth;

/// <summary>The state of one OAuth address. <see cref="EmulatedOAuthEndpoint"/> is its public API.</summary>
internal sealed class OAuthEndpoint
{
    public ResponseQueue ResponseQueue { get; } = new();

    public RequestMonitor Watch { get; } = new();

    /// <summary>Whether requests get a 404.</summary>
    public bool IsMissing { get; set; }
}
