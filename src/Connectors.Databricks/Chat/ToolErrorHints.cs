using System.Text.Json;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Chat;

/// <summary>Error hints about tools: which tool was rejected, and whether for its name or its schema.</summary>
internal static class ToolErrorHints
{
    private const int LongestNamed = 100;

    /// <param name="error">The error response, with its request.</param>
    /// <returns>The hint, or null when the error does not report a tool.</returns>
    public static string? For(ServiceError error)
    {
        if (error.Message is not { } message)
        {
            return null;
        }

        if (ToolRejections.IsName(message))
        {
            return $"The service rejects the name of {Tool(error, message)}: change ChatOptions.Tools. Every host accepts at most 64 " +
                "letters, digits, '_' and '-', beginning with a letter.";
        }

        return message switch
        {
            _ when Has(message, "Tool names must be unique") => "Two tools have the same name: rename one in ChatOptions.Tools.",
            _ when Has(message, "too many states") || Has(message, "nesting depth") =>
                "The schemas are too large for the model: offer fewer tools, or schemas with fewer levels, properties and bounds.",
            _ when ToolRejections.IsSchema(message) =>
                $"The service rejects the schema of {Tool(error, message)}: change its parameters, or assign the model of the endpoint " +
                "in DatabricksServingOptions.Models, so that schemas are converted for it.",
            _ when ToolRejections.Find(message) is not (null, null) =>
                $"The service rejects {Tool(error, message)}: change it in ChatOptions.Tools.",
            _ => null,
        };
    }

    private static string Tool(ServiceError error, string message)
    {
        var (name, index) = ToolRejections.Find(message);
        name ??= index is { } position && error.Request?.Utf8() is { } body ? NameAt(body, position) : null;
        return name is null ? "a tool" : $"the tool {SingleLineText.Quote(name, LongestNamed)}";
    }

    private static string? NameAt(byte[] body, int index)
    {
        using var document = JsonDocument.Parse(body);
        return document.RootElement.TryGetProperty("tools", out var tools) && tools.ValueKind == JsonValueKind.Array &&
            index < tools.GetArrayLength() && tools[index].ValueKind == JsonValueKind.Object &&
            FunctionOf(tools[index]).TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
                ? name.GetString()
                : null;
    }

    // The members of a function are nested in chat completions, and flat in the Responses API.
    private static JsonElement FunctionOf(JsonElement tool) =>
        tool.TryGetProperty("function", out var function) && function.ValueKind == JsonValueKind.Object ? function : tool;

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
}
