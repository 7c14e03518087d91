namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>One thing that contenders do, each in its own way. The first of them is the floor.</summary>
internal abstract class Scenario : IAsyncDisposable
{
    /// <summary>Each does the whole of it once per call.</summary>
    public abstract IReadOnlyList<Contender> Contenders { get; }

    /// <summary>The contender that is compared with the others: the connector, or its adapter for Semantic Kernel.</summary>
    public Contender Candidate => Contenders[1];

    /// <summary>How many deltas, vectors or endpoints one call handles; 1 for what has no parts.</summary>
    public virtual int Parts => 1;

    /// <summary>Compares what the contenders produce: a benchmark of garbage is worse than none.</summary>
    /// <exception cref="InvalidDataException">A contender produced something else than the floor did.</exception>
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
/// <param name="Act">Does it once.</param>
internal sealed record Contender(string Name, Func<Task> Act);
