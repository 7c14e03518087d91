namespace Connectors.Databricks.Agents.Runs;

/// <summary>A run, and how far its updates were returned.</summary>
/// <param name="Protocol">The protocol of its server.</param>
/// <param name="RunId">The id on the server.</param>
internal sealed record RunCursor(AgentProtocol Protocol, string RunId)
{
    /// <summary>The session of the run; null when the server keeps none.</summary>
    public string? Session { get; init; }

    /// <summary>The number of events whose updates were all returned.</summary>
    public long Events { get; init; }

    /// <summary>The number of updates of the next event that were returned.</summary>
    public int Updates { get; init; }

    /// <summary>Whether an update was returned already.</summary>
    /// <param name="position">The position of its event, from 0.</param>
    /// <param name="index">Its index among the updates of the event.</param>
    public bool Includes(long position, int index) => position < Events || (position == Events && index < Updates);

    /// <summary>The cursor after an update.</summary>
    /// <param name="position">The position of its event, from 0.</param>
    /// <param name="index">Its index among the updates of the event.</param>
    /// <param name="count">The number of these.</param>
    public RunCursor After(long position, int index, int count) => index + 1 == count
        ? this with { Events = position + 1, Updates = 0 }
        : this with { Events = position, Updates = index + 1 };
}
