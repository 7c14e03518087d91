using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>The members of one output item, as spans of its JSON.</summary>
internal ref struct ItemFields
{
    public ItemKind Kind { get; private set; }

    /// <summary>All bytes of the item.</summary>
    public ReadOnlySpan<byte> Json { get; private set; }

    /// <summary>The bytes of the id; empty when it is missing, or a placeholder.</summary>
    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>The id as a JSON string, placeholders included.</summary>
    public ReadOnlySpan<byte> RawId { get; private set; }

    public ReadOnlySpan<byte> CallId { get; private set; }

    public ReadOnlySpan<byte> Name { get; private set; }

    public ReadOnlySpan<byte> Arguments { get; private set; }

    public ReadOnlySpan<byte> ServerLabel { get; private set; }

    public ReadOnlySpan<byte> Content { get; private set; }

    public ReadOnlySpan<byte> Summary { get; private set; }

    public ReadOnlySpan<byte> Output { get; private set; }

    /// <summary>The data of a generated image.</summary>
    public ReadOnlySpan<byte> Result { get; private set; }

    public ReadOnlySpan<byte> OutputFormat { get; private set; }

    /// <summary>Reads the members of an item that the reader of its document has validated.</summary>
    public static ItemFields Read(ReadOnlySpan<byte> json, JsonReaderOptions options)
    {
        var fields = new ItemFields { Json = json };
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        if (reader.IsOrSkip(JsonTokenType.StartObject))
        {
            while (reader.NextProperty())
            {
                fields.ReadMember(ref reader, json);
            }
        }

        if (fields.Kind == ItemKind.Pending)
        {
            // Agents may leave out the type of a message.
            fields.Kind = fields.Content.IsEmpty ? ItemKind.Other : ItemKind.Message;
        }

        return fields;
    }

    private void ReadMember(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        if (reader.Is("type"u8))
        {
            reader.Read();
            Kind = KindOf(ref reader);
        }
        else if (reader.Is("id"u8))
        {
            RawId = reader.NextRaw(json);
            Id = EventFields.IdIn(RawId);
        }
        else if (reader.Is("content"u8))
        {
            Content = reader.NextRaw(json);
        }
        else if (reader.Is("summary"u8))
        {
            Summary = reader.NextRaw(json);
        }
        else if (reader.Is("call_id"u8))
        {
            CallId = reader.NextRaw(json);
        }
        else if (reader.Is("name"u8))
        {
            Name = reader.NextRaw(json);
        }
        else if (reader.Is("arguments"u8))
        {
            Arguments = reader.NextRaw(json);
        }
        else if (reader.Is("output"u8))
        {
            Output = reader.NextRaw(json);
        }
        else if (reader.Is("server_label"u8))
        {
            ServerLabel = reader.NextRaw(json);
        }
        else if (reader.Is("result"u8))
        {
            Result = reader.NextRaw(json);
        }
        else if (reader.Is("output_format"u8))
        {
            OutputFormat = reader.NextRaw(json);
        }
        else
        {
            reader.Skip();
        }
    }

    private static ItemKind KindOf(ref Utf8JsonReader reader)
    {
        if (!reader.IsOrSkip(JsonTokenType.String))
        {
            return ItemKind.Pending;
        }

        return reader.Is("message"u8) ? ItemKind.Message :
            reader.Is("reasoning"u8) ? ItemKind.Reasoning :
            reader.Is("function_call"u8) ? ItemKind.Call :
            reader.Is("function_call_output"u8) ? ItemKind.CallOutput :
            reader.Is("mcp_approval_request"u8) ? ItemKind.ApprovalRequest :
            reader.Is("image_generation_call"u8) ? ItemKind.Image :
            ItemKind.Other;
    }
}
