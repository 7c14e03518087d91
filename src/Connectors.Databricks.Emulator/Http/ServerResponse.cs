using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>A response to write.</summary>
internal abstract record ServerResponse
{
    public string? ServedModel { get; init; }

    public ResponseModifiers Modifiers { get; init; } = new();

    public static BodyResponse Json(int status, JsonNode body) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(CompactJson.Write(body)));

    public static BodyResponse Error(int status, string errorCode, string message) =>
        Json(status, ErrorBody.Create(errorCode, message));
}

/// <summary>A body with a length.</summary>
internal sealed record BodyResponse(int Status, string ContentType, byte[] Body) : ServerResponse
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>Server-sent events written by a dialect.</summary>
internal sealed record EventStreamResponse(IEnumerable<SseEvent> Events) : ServerResponse
{
    /// <summary>Whether <c>[DONE]</c> ends the stream.</summary>
    public bool SendsDone { get; init; } = true;
}

/// <summary>Exact bytes, one write and flush per element.</summary>
internal sealed record RawStreamResponse(IReadOnlyList<byte[]> Writes) : ServerResponse;

/// <summary>The connection is dropped before the first byte.</summary>
internal sealed record DroppedConnection : ServerResponse;

/// <summary>One event; <see cref="Finishes"/> marks one that carries a finish reason.</summary>
internal readonly record struct SseEvent(string Data, string? Name = null, bool Finishes = false);
