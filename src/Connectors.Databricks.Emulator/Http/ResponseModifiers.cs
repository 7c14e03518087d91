using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>What goes wrong around an answer. Every count is in data events; an answer without a stream has none.</summary>
internal sealed record ResponseModifiers
{
    public TimeSpan? HeaderDelay { get; init; }

    public (TimeSpan Duration, int AfterEvents)? Silence { get; init; }

    public int? CutAfter { get; init; }

    public int? EndAfter { get; init; }

    public (SseEvent Event, int AfterEvents, bool ThenDone)? Error { get; init; }

    public (SseEvent Event, int AfterEvents)? UnknownEvent { get; init; }

    public string? Comment { get; init; }

    public bool CrLf { get; init; }

    public bool NoSpace { get; init; }

    /// <summary>Members of a document that are written otherwise; null leaves one out.</summary>
    public ImmutableDictionary<string, JsonNode?> Members { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;
}
