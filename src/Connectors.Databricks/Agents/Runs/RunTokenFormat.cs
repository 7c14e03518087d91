using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Runs;

/// <summary>Writes and reads the bytes of a continuation token: version, protocol, run, session, cursor, and two hashes.</summary>
internal static class RunTokenFormat
{
    private const int Version = 1;

    /// <summary>Longer than any token that this package writes: ids are at most <see cref="LongestId"/> characters.</summary>
    private const int LongestToken = 4096;

    private const int LongestId = 512;

    public static byte[] Write(AgentIdentity agent, RunCursor cursor)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber("v"u8, Version);
            writer.WriteString("agent"u8, agent.Hash);
            writer.WriteString("protocol"u8, NameOf(cursor.Protocol));
            writer.WriteString("run"u8, cursor.RunId);
            if (cursor.Session is { } session)
            {
                writer.WriteString("session"u8, session);
            }

            writer.WriteNumber("events"u8, cursor.Events);
            writer.WriteNumber("updates"u8, cursor.Updates);
            writer.WriteString("check"u8, agent.HashOf(Text(cursor)));
            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a token, before any request is sent.</summary>
    /// <exception cref="ArgumentException">It is damaged, or belongs to another agent, host or client.</exception>
    public static RunCursor Read(AgentIdentity agent, ResponseContinuationToken token)
    {
        var bytes = token.ToBytes();
        if (bytes.Length > LongestToken)
        {
            throw Invalid("was not issued by this client: it is too long");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes);
            return Read(agent, document.RootElement);
        }
        catch (JsonException)
        {
            throw Invalid("is damaged, or was issued by another client");
        }
    }

    private static RunCursor Read(AgentIdentity agent, JsonElement token)
    {
        if (NumberOf(token, "v") is not Version || token.TextOf("agent") is not { } hash)
        {
            throw Invalid("was issued by another client, or by a later version of this package");
        }

        if (hash != agent.Hash)
        {
            throw Invalid("belongs to another agent or another workspace. Use the client that issued it");
        }

        if (token.TextOf("run") is not { Length: > 0 and <= LongestId } run || ProtocolOf(token.TextOf("protocol")) is not { } protocol
            || NumberOf(token, "events") is not (>= 0 and { } events)
            || NumberOf(token, "updates") is not (>= 0 and <= int.MaxValue and { } updates))
        {
            throw Invalid("is damaged");
        }

        var cursor = new RunCursor(protocol, run) { Session = token.TextOf("session"), Events = events, Updates = (int)updates };
        return token.TextOf("check") == agent.HashOf(Text(cursor)) ? cursor : throw Invalid("is damaged");
    }

    private static string Text(RunCursor cursor) => string.Create(
        CultureInfo.InvariantCulture,
        $"{NameOf(cursor.Protocol)}\n{cursor.RunId}\n{cursor.Session}\n{cursor.Events}\n{cursor.Updates}");

    private static string NameOf(AgentProtocol protocol) => protocol == AgentProtocol.Responses ? "responses" : "invocations";

    private static AgentProtocol? ProtocolOf(string? name) => name switch
    {
        "responses" => AgentProtocol.Responses,
        "invocations" => AgentProtocol.Invocations,
        _ => null,
    };

    private static long? NumberOf(JsonElement token, string name) =>
        token.MemberOf(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : null;

    private static ArgumentException Invalid(string what) => OptionExceptions.Invalid($"ChatOptions.ContinuationToken {what}.");
}
