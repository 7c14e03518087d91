using System.Buffers;
using System.Text.Json;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>A line of a checkpoint: <c>{"id":"…","response":{…}}</c> or <c>{"id":"…","error":{…}}</c>.</summary>
internal static class CheckpointLine
{
    private static readonly JsonEncodedText Id = JsonEncodedText.Encode("id");
    private static readonly JsonEncodedText Response = JsonEncodedText.Encode("response");
    private static readonly JsonEncodedText Error = JsonEncodedText.Encode("error");

    /// <summary>Writes a line with its end.</summary>
    public static void Write<TResponse>(
        IBufferWriter<byte> buffer, Utf8JsonWriter writer, ResponseFormat<TResponse> format, DatabricksBatchResult<TResponse> result)
        where TResponse : class
    {
        writer.WriteStartObject();
        writer.WriteString(Id, result.Id);
        if (result.IsSuccess)
        {
            writer.WritePropertyName(Response);
            format.Write(writer, result.Response);
        }
        else
        {
            writer.WritePropertyName(Error);
            ErrorToJson.Write(writer, result.Error);
        }

        writer.WriteEndObject();
        writer.Flush();
        buffer.Write("\n"u8);
    }

    /// <exception cref="JsonException">The line is not a result.</exception>
    public static DatabricksBatchResult<TResponse> Read<TResponse>(ReadOnlySpan<byte> line, ResponseFormat<TResponse> format)
        where TResponse : class
    {
        var reader = new Utf8JsonReader(line, ResponseJson.Reading);
        if (!TryReadId(ref reader, out var id, out var isFailure))
        {
            throw new JsonException("The line is not a result.");
        }

        return isFailure
            ? new(id, ErrorFromJson.Read(ref reader)) { IsFromCheckpoint = true }
            : new(id, format.Read(ref reader)) { IsFromCheckpoint = true };
    }

    /// <summary>Reads the id, and positions the reader on the value of the response or the error.</summary>
    public static bool TryReadId(ref Utf8JsonReader reader, out string id, out bool isFailure)
    {
        (id, isFailure) = (string.Empty, false);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject || !reader.NextProperty() || !reader.Is("id"u8)
            || !reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            return false;
        }

        id = reader.GetString()!;
        if (id.Length == 0 || !reader.NextProperty())
        {
            return false;
        }

        isFailure = reader.Is("error"u8);
        return (isFailure || reader.Is("response"u8)) && reader.Read();
    }
}
