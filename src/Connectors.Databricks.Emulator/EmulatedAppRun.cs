using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Apps;

namespace Connectors.Databricks.Emulator;

/// <summary>A run of an agent, as the server of an <see cref="EmulatedApp"/> stores it.</summary>
public sealed class EmulatedAppRun
{
    private readonly AppRun _run;

    internal EmulatedAppRun(AppRun run) => _run = run;

    /// <summary>Gets the id: <c>resp_…</c>, or the UUID of the request.</summary>
    public string Id => _run.Id;

    /// <summary>Gets the session; null for servers without sessions.</summary>
    public string? SessionId => _run.SessionId;

    /// <summary>Gets the state: <c>queued</c>, <c>active</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Status => _run.Status;

    /// <summary>Gets how often the run was started: 1, and one more for each crash.</summary>
    public int Attempts => _run.Attempt;

    /// <summary>Gets how many events the run has produced.</summary>
    public int EventCount => _run.Events.Count;

    /// <summary>Gets a copy of the request that started it.</summary>
    public JsonObject Request => (JsonObject)_run.Request.DeepClone();

    /// <summary>Gets copies of the events, in order; the number of an event is its index.</summary>
    public IReadOnlyList<JsonObject> Events => [.. _run.Events.Select(stored => (JsonObject)stored.Json.DeepClone())];

    /// <summary>Waits until the run has completed or failed.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <returns>A task that ends with the run.</returns>
    public Task WaitForEndAsync(CancellationToken cancellationToken = default) => _run.WaitForEndAsync(cancellationToken);

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Status}";
}
