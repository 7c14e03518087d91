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
internal readonly record struct StoredItem(ReadOnlyMemory<byte> Item, string Origin, string? ResponseId, int Index)
{
    /// <summary>How the string starts; <see cref="ProtectedReasoning"/> has the other prefixes.</summary>
    public const string Prefix = "databricks:item:";

    /// <summary>Whether a content only carries an item, because other contents of the item cannot.</summary>
    public static bool IsCarrier(AIContent? content) =>
        content?.GetType() == typeof(AIContent) &&
        content.AdditionalProperties?.ContainsKey(DatabricksPropertyNames.ResponseItem) is true;

    /// <summary>Whether the model of a request created the item.</summary>
    public bool IsOfModel(ChatRequest request) =>
        Origin == request.EndpointName || request.Endpoints.AreOneModel(Origin, request.EndpointName);

    /// <summary>The item that a content belongs to, or null.</summary>
    public static StoredItem? In(AIContent content) => Read(
        (content as TextReasoningContent)?.ProtectedData ??
        ContentRules.TextIn(content.AdditionalProperties, DatabricksPropertyNames.ResponseItem));

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
        catch (JsonException)
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
                reader.Skip();
                return origin is null ? null : new(json.AsMemory(start, (int)reader.BytesConsumed - start), origin, response, index);
            }
            else
            {
                reader.Skip();
            }
        }

        return null;
    }

    public override string ToString()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(Item.Length + 128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("origin"u8, Origin);
            if (ResponseId is not null)
            {
                writer.WriteString("response"u8, ResponseId);
            }

            writer.WriteNumber("index"u8, Index);
            writer.WritePropertyName("item"u8);
            writer.WriteRawValue(Item.Span, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return string.Concat(Prefix, Encoding.UTF8.GetString(buffer.WrittenSpan));
    }
}
