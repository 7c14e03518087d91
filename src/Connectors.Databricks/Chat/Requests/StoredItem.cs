using System.Text;
using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// An output item of the Responses API as the service sent it, kept in a content of its message, so that the next request sends it back
/// unchanged. Stored as one string, because conversations are stored as JSON and copied by middleware.
/// </summary>
/// <param name="Item">The bytes of the item.</param>
/// <param name="Origin">The endpoint that created it: signatures and encrypted content are valid only there.</param>
/// <param name="ResponseId">The response that it belongs to, or null when the service sent no id.</param>
/// <param name="Index">The position of the item in the output of the response.</param>
/// <param name="Facts">The members of the item.</param>
internal sealed record StoredItem(ReadOnlyMemory<byte> Item, string Origin, string? ResponseId, int Index, StoredItemFacts Facts)
{
    /// <summary>How the string starts; <see cref="ProtectedReasoning"/> has the other prefixes.</summary>
    public const string Prefix = "databricks:item:";

    /// <summary>Whether a content only carries an item, because other contents of the item cannot.</summary>
    public static bool IsCarrier(AIContent? content) =>
        content?.GetType() == typeof(AIContent) &&
        content.AdditionalProperties?.ContainsKey(DatabricksPropertyNames.ResponseItem) is true;

    /// <summary>The item that a content belongs to, or null; a request reads each once.</summary>
    public static StoredItem? In(AIContent content) => Read(TextIn(content));

    /// <summary>The string of the item that a content belongs to, or null.</summary>
    public static string? TextIn(AIContent content) =>
        ((content as TextReasoningContent)?.ProtectedData ??
            TextProperties.In(content.AdditionalProperties, DatabricksPropertyNames.ResponseItem)) is { } text &&
        text.StartsWith(Prefix, StringComparison.Ordinal)
            ? text
            : null;

    /// <summary>Reads a stored item; returns null for data of another kind or of another provider.</summary>
    public static StoredItem? Read(string? stored)
    {
        if (stored is null || !stored.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return Parse(Encoding.UTF8.GetBytes(stored, Prefix.Length, stored.Length - Prefix.Length));
        }
        catch (Exception exception) when (JsonReading.IsUnreadable(exception))
        {
            // Cut or edited in a store: the content is sent without it.
            return null;
        }
    }

    private static StoredItem? Parse(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        string? origin = null;
        string? response = null;
        var index = 0;
        reader.Read();
        if (!reader.IsOrSkip(JsonTokenType.StartObject))
        {
            return null;
        }

        while (reader.NextProperty())
        {
            if (reader.ValueTextEquals("origin"u8))
            {
                origin = reader.NextString();
            }
            else if (reader.ValueTextEquals("response"u8))
            {
                response = reader.NextString();
            }
            else if (reader.ValueTextEquals("index"u8))
            {
                index = (int)(reader.NextInt64() ?? 0);
            }
            else if (reader.ValueTextEquals("item"u8))
            {
                // Always the last member.
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                var facts = StoredItemFacts.Read(ref reader, json);
                return origin is null ? null
                    : new(json.AsMemory(start, (int)reader.BytesConsumed - start), origin, response, index, facts);
            }
            else
            {
                reader.Skip();
            }
        }

        return null;
    }

    /// <summary>The string that a content keeps of an item.</summary>
    public static string ToText(ReadOnlySpan<byte> item, string origin, string? responseId, int index)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(item.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("origin"u8, origin);
            if (responseId is not null)
            {
                writer.WriteString("response"u8, responseId);
            }

            writer.WriteNumber("index"u8, index);
            writer.WritePropertyName("item"u8);
            writer.WriteRawValue(item, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return string.Concat(Prefix, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
