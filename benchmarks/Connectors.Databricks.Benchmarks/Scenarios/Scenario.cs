namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>A measured operation with an implementation for each contender. The first contender is the floor.</summary>
internal abstract class Scenario : IAsyncDisposable
{
    /// <summary>The contenders; a call runs the operation once.</summary>
    public abstract IReadOnlyList<Contender> Contenders { get; }

    /// <summary>The contender that is compared with the others: the connector, or its adapter for Semantic Kernel.</summary>
    public Contender Candidate => Contenders[1];

    /// <summary>How many deltas, vectors or endpoints one call handles; 1 for what has no parts.</summary>
    public virtual int Parts => 1;

    /// <summary>Compares the results of the contenders before anything is measured.</summary>
    /// <exception cref="InvalidDataException">The result of a contender differs from that of the floor.</exception>
    public abstract Task CheckAsync();

    /// <summary>Starts what the contenders need.</summary>
    public virtual Task PrepareAsync() => Task.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    protected static void Require<T>(string contender, string what, T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidDataException($"{contender} has other {what} than the floor.\nfloor: {expected}\n{contender}: {actual}");
        }
    }
}

/// <param name="Name">Floor, Connector or OpenAIClient.</param>
/// <param name="Act">Runs the operation once.</param>
internal sealed record Contender(string Name, Func<Task> Act);
