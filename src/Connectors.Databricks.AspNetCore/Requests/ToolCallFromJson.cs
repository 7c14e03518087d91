using System.Text.Json;
using Connectors.Databricks.AspNetCore.Json;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.Requests;

/// <summary>Reads a tool call of the history.</summary>
internal static class ToolCallFromJson
{
    /// <summary>The member in which Gemini's thought signature is returned, and sent back.</summary>
    public const string ExtraContent = "extra_content";

    /// <param name="id">The id of the call.</param>
    /// <param name="function">The object with <c>name</c> and <c>arguments</c>.</param>
    /// <param name="extras">The call, which may have extra content of its model.</param>
    /// <param name="endpoint">The endpoint that the extra content is for.</param>
    public static FunctionCallContent Read(string id, RequestValue function, RequestValue extras, string endpoint)
    {
        var text = function.Text("arguments") ?? string.Empty;
        var call = new FunctionCallContent(id, function.RequireText("name"));
        if (Arguments(text) is { } arguments)
        {
            call.Arguments = arguments;
        }
        else
        {
            // As the connector reads it from a model: it is sent in a form that every model accepts.
            call.AdditionalProperties = new() { [DatabricksPropertyNames.RawArguments] = text };
            call.Exception = new JsonException("The arguments are not a JSON object.");
        }

        if (extras.Find(ExtraContent) is { IsObject: true } content)
        {
            var members = JsonSerializer.SerializeToElement(
                new Dictionary<string, JsonElement> { [ExtraContent] = content.Element },
                    ExtraContentJson.Default.DictionaryStringJsonElement);
            (call.AdditionalProperties ??= [])[DatabricksPropertyNames.ToolCallExtras] = members;
            call.AdditionalProperties[DatabricksPropertyNames.ToolCallOrigin] = endpoint;
        }

        return call;
    }

    private static Dictionary<string, object?>? Arguments(string text)
    {
        var arguments = new Dictionary<string, object?>(StringComparer.Ordinal);
        if (string.IsNullOrWhiteSpace(text))
        {
            return arguments;
        }

        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            foreach (var member in document.RootElement.EnumerateObject())
            {
                arguments[member.Name] = member.Value.ValueKind == JsonValueKind.Null ? null : member.Value.Clone();
            }

            return arguments;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
