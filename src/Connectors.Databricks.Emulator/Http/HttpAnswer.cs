using System.Text;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Http;

/// <summary>What goes back over the connection.</summary>
internal abstract record HttpAnswer
{
    public string? ServedModel { get; init; }

    public ResponseModifiers Modifiers { get; init; } = new();

    public static BodyAnswer Json(int status, JsonNode body) =>
        new(status, "application/json", Encoding.UTF8.GetBytes(CompactJson.Write(body)));

    public static BodyAnswer Error(int status, string errorCode, string message) =>
        Json(status, ErrorBody.Of(errorCode, message));
}

/// <summary>One body with a length.</summary>
internal sealed record BodyAnswer(int Status, string ContentType, byte[] Body) : HttpAnswer
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>Server-sent events written by a dialect.</summary>
internal sealed record EventsAnswer(IEnumerable<SseEvent> Events) : HttpAnswer;

/// <summary>Exact bytes, one write and flush per element.</summary>
internal sealed record BytesAnswer(IReadOnlyList<byte[]> Writes) : HttpAnswer;

/// <summary>The connection goes away before a byte of an answer.</summary>
internal sealed record NoAnswer : HttpAnswer;

/// <summary>One event; <see cref="Finishes"/> marks one that carries a finish reason.</summary>
internal readonly record struct SseEvent(string Data, string? Name = null, bool Finishes = false);
