using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Extensions;

/// <summary>An API of the workspace that another package emulates, so that the emulator has no further references.</summary>
internal interface IEmulatedApi : IAsyncDisposable
{
    /// <summary>The OAuth scope that a token needs.</summary>
    string Scope { get; }

    /// <summary>Whether the API serves a path; its segments are unescaped.</summary>
    bool Serves(string[] segments);

    Task<BodyResponse> RespondAsync(EmulatedApiCall call, CancellationToken cancellationToken);
}
