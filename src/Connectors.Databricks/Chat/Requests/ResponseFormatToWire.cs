using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Chat.Requests;

/// <summary>
/// Writes the response format: text, any JSON object, or JSON with a schema (serving reference §3.8). In Responses it is the member
/// <c>format</c> of <c>text</c>, and the members of a schema are not nested.
/// </summary>
internal static class ResponseFormatToWire
{
    /// <summary>OpenAI-backed endpoints reject a schema without a name.</summary>
    private const string DefaultName = "response";

    /// <summary>The maximum length of a name on OpenAI-backed endpoints.</summary>
    private const int LongestName = 64;

    public static void Write(RequestDocument body, ChatRequest request, ChatOptions options)
    {
        if (request.AsksForJsonInWords)
        {
            request.Note("response_format", "json_object requested in the system message");
            return;
        }

        if (options.ResponseFormat is not { } format)
        {
            return;
        }

        if (!request.UsesResponses)
        {
            if (body.Begins(request.FormatField))
            {
                WriteFormat(body, request, options, format);
            }
        }
        else if (body.BeginObject(request.FormatField) is { } members)
        {
            // The object may have the verbosity, too.
            if (members.Add("format"))
            {
                body.Writer.WritePropertyName("format"u8);
                WriteFormat(body, request, options, format);
            }

            body.EndObject(members, options.AdditionalProperties?.GetValueOrDefault(request.FormatField));
        }
    }

    private static void WriteFormat(RequestDocument body, ChatRequest request, ChatOptions options, ChatResponseFormat format)
    {
        var writer = body.Writer;
        writer.WriteStartObject();
        switch (format)
        {
            case ChatResponseFormatText:
                writer.WriteString("type"u8, "text"u8);
                break;
            case ChatResponseFormatJson { Schema: null }:
                writer.WriteString("type"u8, "json_object"u8);
                break;
            case ChatResponseFormatJson json:
                writer.WriteString("type"u8, "json_schema"u8);
                WriteSchema(body, request, json, ShapedSchemas.IsStrict(request, json, StrictOption.In(options.AdditionalProperties)));
                break;
            default:
                throw new NotSupportedException(
                    $"ChatOptions.ResponseFormat is a {format.GetType().Name}, which chat of Databricks Model Serving does not support.");
        }

        writer.WriteEndObject();
    }

    private static void WriteSchema(RequestDocument body, ChatRequest request, ChatResponseFormatJson format, bool isStrict)
    {
        var writer = body.Writer;
        if (!request.UsesResponses)
        {
            writer.WriteStartObject("json_schema"u8);
        }

        writer.WriteString("name"u8, Name(format.SchemaName));
        if (format.SchemaDescription is { Length: > 0 } description)
        {
            writer.WriteString("description"u8, description);
        }

        if (isStrict && request.Model.SupportsStrictJsonSchema)
        {
            writer.WriteBoolean("strict"u8, true);
        }
        else if (isStrict)
        {
            request.Note("response_format.strict", ParameterCorrection.LeftOut, affectsAnswer: true);
        }

        writer.WritePropertyName("schema"u8);
        ShapedSchemas.Of(request, format, isStrict).WriteTo(writer);
        if (!request.UsesResponses)
        {
            writer.WriteEndObject();
        }
    }

    // Names of C# types contain characters, such as '`', that the service rejects.
    private static string Name(string? name)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return DefaultName;
        }

        var safe = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'));
        return safe.Length <= LongestName ? safe : safe[..LongestName];
    }
}
