using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>Modifications of a response: delays, cuts, errors and framing. Counts are in data events of a stream.</summary>
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

    /// <summary>What a chat completion does differently.</summary>
    public ImmutableHashSet<ChatDeviation> ChatDeviations { get; init; } = [];

    /// <summary>What a response of the Responses API does differently.</summary>
    public ImmutableHashSet<ResponsesDeviation> Deviations { get; init; } = [];

    /// <summary>Members of the document to replace; null omits a member.</summary>
    public ImmutableDictionary<string, JsonNode?> Members { get; init; } = ImmutableDictionary<string, JsonNode?>.Empty;
}
