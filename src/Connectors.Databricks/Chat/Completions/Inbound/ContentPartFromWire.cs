using System.Text.Json;
using Connectors.Databricks.Chat.Replies;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Completions.Inbound;

/// <summary>Reads one part of an array content: text, reasoning, refusal or image. Parts of other types are kept unchanged.</summary>
internal static class ContentPartFromWire
{
    private enum PartKind
    {
        Unknown,
        Text,
        Reasoning,
        Refusal,
        Image,
    }

    /// <summary>Reads a part; the reader is positioned on its start.</summary>
    public static void Read(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        // The type may follow the other members, so it is looked up first. It nearly always comes first, and then nothing is read twice.
        var start = reader;
        var kind = KindOf(ref reader, out var isInFront);
        if (!isInFront || kind is PartKind.Image or PartKind.Unknown)
        {
            reader = start;
        }

        switch (kind)
        {
            case PartKind.Text:
                ReadText(ref reader, answer);
                break;
            case PartKind.Reasoning:
                ReadReasoning(ref reader, answer);
                break;
            case PartKind.Refusal:
                ReadRefusal(ref reader, answer);
                break;
            case PartKind.Image:
                ReadImage(ref reader, answer);
                break;
            default:
                answer.AddUnknown(JsonElement.ParseValue(ref reader));
                break;
        }
    }

    private static PartKind KindOf(ref Utf8JsonReader reader, out bool isInFront)
    {
        isInFront = true;
        while (reader.NextProperty())
        {
            if (!reader.Is("type"u8))
            {
                isInFront = false;
                reader.Skip();
                continue;
            }

            reader.Read();
            return reader.TokenType != JsonTokenType.String ? PartKind.Unknown :
                reader.Is("text"u8) || reader.Is("output_text"u8) ? PartKind.Text :
                reader.Is("reasoning"u8) ? PartKind.Reasoning :
                reader.Is("refusal"u8) ? PartKind.Refusal :
                reader.Is("image_url"u8) ? PartKind.Image :
                PartKind.Unknown;
        }

        return PartKind.Unknown;
    }

    private static void ReadText(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        string? text = null;
        List<AIAnnotation>? annotations = null;
        while (reader.NextProperty())
        {
            if (reader.Is("text"u8))
            {
                text = reader.NextText();
            }
            else if (reader.Is("citations"u8) || reader.Is("citation"u8) || reader.Is("annotations"u8))
            {
                // The documentation and the TypeScript provider of Databricks use different names (serving reference §4.3).
                annotations = CitationsFromWire.Read(ref reader, answer.Items) ?? annotations;
            }
            else
            {
                reader.Skip();
            }
        }

        answer.AddText(text, annotations);
    }

    private static void ReadReasoning(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        while (reader.NextProperty())
        {
            if (!reader.Is("summary"u8))
            {
                reader.Skip();
            }
            else if (reader.NextIsArray())
            {
                for (var goesOn = false; reader.NextItem(answer.Items); goesOn = true)
                {
                    if (reader.IsOrSkip(JsonTokenType.StartObject))
                    {
                        ReadSummary(ref reader, answer, goesOn);
                    }
                }
            }
        }
    }

    private static void ReadSummary(ref Utf8JsonReader reader, AnswerBuilder answer, bool goesOn)
    {
        string? text = null;
        string? signature = null;
        string? data = null;
        while (reader.NextProperty())
        {
            if (reader.Is("text"u8))
            {
                text = reader.NextText();
            }
            else if (reader.Is("signature"u8))
            {
                signature = reader.NextString();
            }
            else if (reader.Is("data"u8))
            {
                data = reader.NextString();
            }
            else
            {
                reader.Skip();
            }
        }

        if (data is not null)
        {
            answer.AddEncrypted(data, goesOn);
        }
        else
        {
            answer.AddSummary(text, signature, goesOn);
        }
    }

    private static void ReadRefusal(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        while (reader.NextProperty())
        {
            if (reader.Is("refusal"u8))
            {
                answer.AddRefusal(reader.NextText());
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private static void ReadImage(ref Utf8JsonReader reader, AnswerBuilder answer)
    {
        var part = JsonElement.ParseValue(ref reader);
        var address = part.TryGetProperty("image_url"u8, out var image) && image.ValueKind == JsonValueKind.Object &&
            image.TryGetProperty("url"u8, out var nested) ? nested : image;
        if (address.ValueKind == JsonValueKind.String && MediaFromWire.Read(address.GetString()!) is { } media)
        {
            answer.AddMedia(media);
        }
        else
        {
            answer.AddUnknown(part);
        }
    }
}
