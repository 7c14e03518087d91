namespace Connectors.Databricks.Management.Rollouts;

/// <summary>What a rollout shifts the traffic of: an endpoint or a model service.</summary>
/// <typeparam name="TState">Its document.</typeparam>
internal interface ITrafficTarget<TState>
{
    TimeProvider Clock { get; }

    /// <summary>Gets the current document, which must have the receiver of the traffic.</summary>
    Task<TState> StartAsync(CancellationToken cancellationToken);

    /// <summary>Makes sure that no other client has changed it: the next request would undo the change.</summary>
    /// <exception cref="InvalidOperationException">It was changed, or is being changed.</exception>
    Task RequireUnchangedAsync(TState known, string consequence, CancellationToken cancellationToken);

    /// <summary>Routes a percentage to the receiver; the others share the rest as they did before the rollout.</summary>
    Task<TState> ShiftAsync(TState known, TState before, int percentage, CancellationToken cancellationToken);

    /// <summary>Restores the traffic of before the rollout.</summary>
    Task<TState> RestoreAsync(TState known, TState before, CancellationToken cancellationToken);
}
