using System.Text.Json;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Chat.Responses.Inbound;

/// <summary>The members of one content part, as spans of its JSON.</summary>
internal ref struct PartFields
{
    /// <summary>What its text is; null for an image and for parts of unknown types.</summary>
    public PartKind? Kind { get; private set; }

    public bool IsImage { get; private set; }

    public ReadOnlySpan<byte> Text { get; private set; }

    public ReadOnlySpan<byte> Refusal { get; private set; }

    public ReadOnlySpan<byte> Annotations { get; private set; }

    /// <summary>The address of an image, as a JSON string.</summary>
    public ReadOnlySpan<byte> Image { get; private set; }

    public static PartFields Read(ReadOnlySpan<byte> json, JsonReaderOptions options)
    {
        var fields = new PartFields();
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        if (!reader.IsOrSkip(JsonTokenType.StartObject))
        {
            return fields;
        }

        while (reader.NextProperty())
        {
            if (reader.Is("type"u8))
            {
                reader.Read();
                fields.ReadType(ref reader);
            }
            else if (reader.Is("text"u8))
            {
                fields.Text = reader.NextRaw(json);
            }
            else if (reader.Is("refusal"u8))
            {
                fields.Refusal = reader.NextRaw(json);
            }
            else if (reader.Is("annotations"u8) || reader.Is("citations"u8))
            {
                fields.Annotations = reader.NextRaw(json);
            }
            else if (reader.Is("image_url"u8))
            {
                fields.ReadImage(ref reader, json);
            }
            else
            {
                reader.Skip();
            }
        }

        return fields;
    }

    private void ReadType(ref Utf8JsonReader reader)
    {
        var isText = reader.IsOrSkip(JsonTokenType.String);
        Kind = !isText ? null :
            reader.Is("output_text"u8) || reader.Is("text"u8) || reader.Is("input_text"u8) ? PartKind.Text :
            reader.Is("reasoning_text"u8) || reader.Is("reasoning"u8) ? PartKind.Reasoning :
            reader.Is("summary_text"u8) ? PartKind.Summary :
            reader.Is("refusal"u8) ? PartKind.Refusal :
            null;
        IsImage = isText && (reader.Is("output_image"u8) || reader.Is("input_image"u8) || reader.Is("image_url"u8));
    }

    // A text, or an object as in chat completions.
    private void ReadImage(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> json)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Image = reader.Raw(json);
            return;
        }

        while (reader.NextProperty())
        {
            if (reader.Is("url"u8))
            {
                Image = reader.NextRaw(json);
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
