using System.Text.Json;
using Connectors.Databricks.Chat.Requests;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Outbound;

/// <summary>
/// Writes a stored item for serving endpoints, which reject what they themselves return: ids of more than 64 characters and ids without the
/// prefix of their type, members that only output has, and members that are null (databricks/unity-gateway issue 99). Unity Gateway takes
/// items unchanged.
/// </summary>
internal static class ItemTrimming
{
    /// <summary>OpenAI's limit.</summary>
    private const int LongestId = 64;

    /// <summary>Whether the path of a request passes items on to OpenAI or to an agent; the others translate them.</summary>
    public static bool IsNeeded(ChatRequest request) => request.Api switch
    {
        ChatApi.Responses => !request.Route.IsGateway,
        ChatApi.OpenAIResponses or ChatApi.InvocationsResponses => true,
        _ => false,
    };

    public static void Write(Utf8JsonWriter writer, StoredItem stored, ChatRequest request)
    {
        var item = stored.Item.Span;
        var keepsId = KeepsId(stored.Facts, request);
        var reader = new Utf8JsonReader(item);
        reader.Read();
        writer.WriteStartObject();
        while (reader.NextProperty())
        {
            var value = reader;
            value.Read();
            var start = (int)value.TokenStartIndex;
            var isLeftOut = value.TokenType == JsonTokenType.Null || reader.Is("status"u8) || (!keepsId && reader.Is("id"u8));
            value.Skip();
            if (!isLeftOut)
            {
                WriteName(writer, ref reader);
                WriteValue(
                    writer, item[start..(int)value.BytesConsumed], isContent: reader.Is("content"u8) || reader.Is("summary"u8));
            }

            reader = value;
        }

        writer.WriteEndObject();
    }

    private static void WriteName(Utf8JsonWriter writer, ref Utf8JsonReader reader)
    {
        if (reader.ValueIsEscaped)
        {
            writer.WritePropertyName(reader.GetString()!);
        }
        else
        {
            writer.WritePropertyName(reader.ValueSpan);
        }
    }

    // An approval refers to the id of its request. The id of reasoning is required by agents, and has no prefix there.
    private static bool KeepsId(StoredItemFacts item, ChatRequest request)
    {
        if (item.Type == "mcp_approval_request")
        {
            return true;
        }

        var id = RawJson.Text(item.Id);
        return id is null || (id.Length <= LongestId && item.Type switch
        {
            "message" => Begins("msg_"),
            "function_call" => Begins("fc_"),
            "reasoning" => request.MayBeAgent || Begins("rs_"),
            _ => !Begins("__fake_id"),
        });

        bool Begins(string prefix) => id.StartsWith(prefix, StringComparison.Ordinal);
    }

    // Parts have members that are null, too. Anywhere else, null may be a value.
    private static void WriteValue(Utf8JsonWriter writer, ReadOnlySpan<byte> value, bool isContent)
    {
        if (!isContent || value.IndexOf("null"u8) < 0)
        {
            writer.WriteRawValue(value, skipInputValidation: true);
            return;
        }

        var reader = new Utf8JsonReader(value);
        WriteWithoutNulls(writer, JsonElement.ParseValue(ref reader));
    }

    private static void WriteWithoutNulls(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    if (member.Value.ValueKind != JsonValueKind.Null)
                    {
                        writer.WritePropertyName(member.Name);
                        WriteWithoutNulls(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    WriteWithoutNulls(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
