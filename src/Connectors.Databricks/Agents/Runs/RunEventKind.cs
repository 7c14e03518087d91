namespace Connectors.Databricks.Agents.Runs;

/// <summary>What an event of a run means for the reading of its stream.</summary>
internal enum RunEventKind
{
    /// <summary>An event of the run.</summary>
    Event,

    /// <summary>An event that was read before: replays overlap.</summary>
    Repeated,

    /// <summary>The end of the run.</summary>
    End,
}
