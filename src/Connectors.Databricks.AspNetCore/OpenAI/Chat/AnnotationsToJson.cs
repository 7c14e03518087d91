using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>Writes citations as the annotations of OpenAI; one without an address has no form there.</summary>
internal static class AnnotationsToJson
{
    public static bool HasAny(TextContent text) => text.Annotations?.Any(IsWritten) is true;

    /// <param name="writer">The writer.</param>
    /// <param name="text">The text that cites.</param>
    /// <param name="isNested">Whether a citation is nested in <c>url_citation</c>, as in chat completions.</param>
    /// <param name="start">The index of the text in the whole text.</param>
    public static void WriteItems(Utf8JsonWriter writer, TextContent text, bool isNested, int start)
    {
        foreach (var citation in text.Annotations?.Where(IsWritten).Cast<CitationAnnotation>() ?? [])
        {
            var span = citation.AnnotatedRegions?.OfType<TextSpanAnnotatedRegion>().FirstOrDefault();
            writer.WriteStartObject();
            writer.WriteString("type"u8, "url_citation"u8);
            if (isNested)
            {
                writer.WriteStartObject("url_citation"u8);
            }

            writer.WriteString("url"u8, citation.Url!.OriginalString);
            writer.WriteString("title"u8, citation.Title ?? string.Empty);
            writer.WriteNumber("start_index"u8, start + (span?.StartIndex ?? 0));
            writer.WriteNumber("end_index"u8, start + (span?.EndIndex ?? text.Text.Length));
            if (isNested)
            {
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }
    }

    private static bool IsWritten(AIAnnotation annotation) => annotation is CitationAnnotation { Url: not null };
}
