using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Requests;

/// <summary>Reads the requested format: <c>response_format</c> of chat completions, and <c>text.format</c> of Responses.</summary>
internal static class ResponseFormatFromJson
{
    /// <param name="format">The format.</param>
    /// <param name="isNested">Whether the schema is nested in <c>json_schema</c>, as in chat completions.</param>
    /// <param name="options">Receives the format.</param>
    public static void Read(RequestValue? format, bool isNested, ChatOptions options)
    {
        if (format is not { } value)
        {
            return;
        }

        switch (value.AsObject().RequireText("type"))
        {
            case "text":
                options.ResponseFormat = ChatResponseFormat.Text;
                break;
            case "json_object":
                options.ResponseFormat = ChatResponseFormat.Json;
                break;
            case "json_schema":
                var schema = isNested ? value.Require("json_schema").AsObject() : value;
                options.ResponseFormat = ChatResponseFormat.ForJsonSchema(
                    schema.Require("schema").AsObject().Element.Clone(), schema.RequireText("name"), schema.Text("description"));
                if (schema.Flag("strict") is true)
                {
                    // Each tool has a flag of its own, which takes precedence.
                    options.WithStrictSchema();
                }

                break;
            default:
                throw value.NotSupported();
        }
    }
}
