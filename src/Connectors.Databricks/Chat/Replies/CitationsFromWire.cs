using System.Text.Json;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Replies;

/// <summary>Reads citations: document citations of Claude and URL citations of OpenAI.</summary>
internal static class CitationsFromWire
{
    /// <summary>Reads an array of citations, or one; the reader is positioned on its property name.</summary>
    public static List<AIAnnotation>? Read(ref Utf8JsonReader reader, ItemBudget items)
    {
        reader.Read();
        return ReadValue(ref reader, items);
    }

    /// <summary>Reads an array of citations, or one; the reader is positioned on the value.</summary>
    public static List<AIAnnotation>? ReadValue(ref Utf8JsonReader reader, ItemBudget items)
    {
        var value = JsonElement.ParseValue(ref reader);
        List<AIAnnotation>? annotations = null;
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                items.Spend();
                Add(ref annotations, item);
            }
        }
        else
        {
            Add(ref annotations, value);
        }

        return annotations;
    }

    private static void Add(ref List<AIAnnotation>? annotations, JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        // OpenAI nests the citation under its own type name.
        var citation = item.TryGetProperty("url_citation"u8, out var nested) && nested.ValueKind == JsonValueKind.Object ? nested : item;
        var annotation = new CitationAnnotation
        {
            Title = Text(citation, "title") ?? Text(citation, "document_title"),
            Snippet = Text(citation, "cited_text"),
            FileId = Text(citation, "file_id"),
            Url = Uri.TryCreate(Text(citation, "url"), UriKind.Absolute, out var url) ? url : null,
            RawRepresentation = item,
        };
        if (Index(citation, "start_index") is { } start && Index(citation, "end_index") is { } end)
        {
            annotation.AnnotatedRegions = [new TextSpanAnnotatedRegion { StartIndex = start, EndIndex = end }];
        }

        // The indexes of Claude refer to the source document, so they are not a region of the response.
        ReadOnlySpan<string> names = ["document_index", "start_char_index", "end_char_index", "start_page_number", "end_page_number"];
        foreach (var name in names)
        {
            if (Index(citation, name) is { } index)
            {
                (annotation.AdditionalProperties ??= [])[name] = index;
            }
        }

        (annotations ??= []).Add(annotation);
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int? Index(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var index)
            ? index
            : null;
}
