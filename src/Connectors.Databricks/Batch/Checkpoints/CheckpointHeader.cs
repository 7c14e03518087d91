using System.Security.Cryptography;
using System.Text.Json;
using Connectors.Databricks.Batch.Responses;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Batch.Checkpoints;

/// <summary>The first line of a checkpoint, which identifies the batch.</summary>
/// <param name="Workspace">The workspace: its authority, and its id where a host serves several.</param>
/// <param name="EndpointName">The endpoint or model service.</param>
/// <param name="Kind">The kind of the responses.</param>
/// <param name="Options">A hash of the options that affect responses. They are not stored: an instruction may be confidential.</param>
internal sealed record CheckpointHeader(string Workspace, string EndpointName, string Kind, string Options)
{
    private const int Version = 1;

    /// <summary>How every header begins, so that no other file is taken for one whose first line is incomplete.</summary>
    private static ReadOnlySpan<byte> Start => "{\"checkpoint\":"u8;

    public static CheckpointHeader For(string workspace, string endpointName, string kind, DatabricksBatchOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteOptions(writer, kind, options);
        }

        return new CheckpointHeader(workspace, endpointName, kind, Convert.ToHexString(SHA256.HashData(buffer.ToArray())));
    }

    public byte[] ToLine()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, ResponseJson.Writing))
        {
            writer.WriteStartObject();
            writer.WriteNumber("checkpoint"u8, Version);
            writer.WriteString("workspace"u8, Workspace);
            writer.WriteString("endpoint"u8, EndpointName);
            writer.WriteString("responses"u8, Kind);
            writer.WriteString("options"u8, Options);
            writer.WriteEndObject();
        }

        buffer.WriteByte((byte)'\n');
        return buffer.ToArray();
    }

    /// <summary>Whether a file without a complete line is a checkpoint that was interrupted while its header was written.</summary>
    public static bool MayBeInterrupted(ReadOnlySpan<byte> content) =>
        content.Length < Start.Length ? Start.StartsWith(content) : content.StartsWith(Start);

    /// <returns>The header; null when the line is none, or one of a later version.</returns>
    public static CheckpointHeader? Read(ReadOnlySpan<byte> line)
    {
        try
        {
            var reader = new Utf8JsonReader(line);
            reader.Read();
            ResponseJson.RequireObject(ref reader);
            var (version, workspace, endpoint, kind, options) = (0, (string?)null, (string?)null, (string?)null, (string?)null);
            while (reader.NextProperty())
            {
                var name = reader.GetString();
                reader.Read();
                switch (name)
                {
                    case "checkpoint":
                        version = reader.GetInt32();
                        break;
                    case "workspace":
                        workspace = reader.GetString();
                        break;
                    case "endpoint":
                        endpoint = reader.GetString();
                        break;
                    case "responses":
                        kind = reader.GetString();
                        break;
                    case "options":
                        options = reader.GetString();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
            }

            return version == Version && workspace is not null && endpoint is not null && kind is not null && options is not null
                ? new CheckpointHeader(workspace, endpoint, kind, options)
                : null;
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception) || exception is FormatException)
        {
            return null;
        }
    }

    // How fast a batch runs, and what it reports, does not affect its responses.
    private static void WriteOptions(Utf8JsonWriter writer, string kind, DatabricksBatchOptions options)
    {
        writer.WriteStartObject();
        if (kind == "chat" && options.Chat is { } chat)
        {
            writer.WriteNumber("api"u8, (int)chat.Api);
            writer.WriteBoolean("shape"u8, chat.ShapeRequests);
            writer.WriteBoolean("correct"u8, chat.CorrectRejectedParameters);
            writer.WriteBoolean("entities"u8, chat.LookUpServedEntities);
            writer.WriteBoolean("media"u8, chat.ReplaceUnsupportedMedia);
            writer.WriteBoolean("denial"u8, chat.ThrowOnServicePolicyDenial);
        }

        if (kind == "embeddings" && options.Embeddings is { } embeddings)
        {
            writer.WriteNumber("dimensions"u8, embeddings.Dimensions ?? 0);
            writer.WriteString("instruction"u8, embeddings.Instruction);
            writer.WriteBoolean("normalize"u8, embeddings.NormalizeVectors);
        }

        writer.WriteEndObject();
    }
}
