using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>The members of a response object. Its metadata goes to the facts of the reply, its output is kept as a span.</summary>
internal ref struct ResponseFields
{
    public string? Id { get; private set; }

    public string? Status { get; private set; }

    /// <summary>Why the response is incomplete.</summary>
    public string? IncompleteReason { get; private set; }

    /// <summary>Whether it has an error object.</summary>
    public bool IsError { get; private set; }

    public ReadOnlySpan<byte> Output { get; private set; }

    /// <summary>A member that shows that the document is none of the Responses API.</summary>
    public string? OtherShape { get; private set; }

    public readonly bool IsFailed => IsError || Status == "failed";

    /// <summary>Reads the members; those of an agent are the same, and none of them is required.</summary>
    public static ResponseFields Read(ReadOnlySpan<byte> json, JsonReaderOptions options, ReplyFacts facts)
    {
        var fields = new ResponseFields();
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                fields.ReadMember(ref reader, json, facts);
            }
        }
        else
        {
            fields.OtherShape = "a JSON value that is not an object";
        }

        // Bytes after the document make it invalid JSON.
        reader.Read();
        return fields;
    }

    private void ReadMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ReplyFacts facts)
    {
        if (reader.Is("output"u8))
        {
            Output = reader.NextRaw(json);
        }
        else if (reader.Is("status"u8))
        {
            Status = reader.NextString();
        }
        else if (reader.Is("created_at"u8))
        {
            facts.ReadCreated(ref reader);
        }
        else if (reader.Is("id"u8))
        {
            var copy = reader;
            Id = copy.NextString();
            facts.TryRead(ref reader);
        }
        else if (reader.Is("incomplete_details"u8))
        {
            if (reader.NextIsObject())
            {
                ReadReason(ref reader);
            }
        }
        else if (reader.Is("error"u8) || reader.Is("error_code"u8))
        {
            IsError |= reader.NextIsError(isErrorName: true);
        }
        else if (reader.Is("trace_id"u8))
        {
            facts.TraceId = reader.NextString() ?? facts.TraceId;
        }
        else if (!facts.TryRead(ref reader))
        {
            OtherShape ??= reader.Is("choices"u8) ? "a chat completion" : reader.Is("predictions"u8) ? "predictions" : null;
            reader.Skip();
        }
    }

    private void ReadReason(ref Utf8JsonReader reader)
    {
        while (reader.NextProperty())
        {
            if (reader.Is("reason"u8))
            {
                IncompleteReason = reader.NextString();
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>Maps the status; agents send none. Unknown ones are kept.</summary>
    public static ChatFinishReason FinishReason(string? status, string? incompleteReason, bool hasCalls) => status switch
    {
        "incomplete" => incompleteReason switch
        {
            "max_output_tokens" => ChatFinishReason.Length,
            "content_filter" => ChatFinishReason.ContentFilter,
            null or "" => new ChatFinishReason("incomplete"),
            _ => new ChatFinishReason(incompleteReason),
        },
        null or "" or "completed" => hasCalls ? ChatFinishReason.ToolCalls : ChatFinishReason.Stop,
        _ => new ChatFinishReason(status),
    };
}
