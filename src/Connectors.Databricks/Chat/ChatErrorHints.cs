using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Chat;

/// <summary>Error hints of chat: the option to change, or the model to use instead.</summary>
internal static class ChatErrorHints
{
    private static readonly Func<int, ServiceError, string?> General =
        static (status, error) => status == 400 ? ToolErrorHints.For(error) ?? FromMessage(error.Message) : null;

    /// <summary>The general hints allocate nothing; the hints for a retired model or one on another API are rare.</summary>
    public static Func<int, ServiceError, string?> For(EndpointModel endpoint) =>
        endpoint.Record is { } model && FromModel(model) is { } hint
            ? (status, error) => status is 400 or 404 or 501 ? FromDeprecation(model, status, error) ?? hint : General(status, error)
            : General;

    // A deprecated model still responds, so its errors have other causes.
    private static string? FromDeprecation(DatabricksModelInfo model, int status, ServiceError error) =>
        model.Lifecycle.Stage == DatabricksModelStage.Deprecated ? General(status, error) : null;

    private static string? FromModel(DatabricksModelInfo model)
    {
        var life = model.Lifecycle;
        if (life.Stage == DatabricksModelStage.Retired || life.Stage == DatabricksModelStage.Deprecated)
        {
            var when = life.RetirementDate is { } date ? $" ({date:yyyy-MM-dd})" : string.Empty;
            var replacement = life.Replacement is null ? "another model" : $"databricks-{life.Replacement}";
            return $"{model.Name} is {life.Stage}{when}: use '{replacement}'.";
        }

        return model.Surfaces.Contains("chat") ? null :
            $"{model.Name} does not support chat; it supports: {string.Join(", ", model.Surfaces)}.";
    }

    private static string? FromMessage(string? message) => message switch
    {
        null => null,
        _ when Has(message, "response_format") || Has(message, "text.format") =>
            "The model does not support the response format: change ChatOptions.ResponseFormat, or turn off strict mode.",
        _ when Has(message, "image_url") || Has(message, "image URL") =>
            "The model does not support the image: pass its data as DataContent, set DatabricksChatOptions.FetchImage if it is a URL, " +
            "or set ReplaceUnsupportedMedia.",
        _ when Has(message, "signature") || Has(message, "thinking` block") =>
            "The service rejected reasoning of an earlier response: remove the TextReasoningContents from the history.",
        _ when Has(message, "tool_choice") => "The model does not support the tool choice: change ChatOptions.ToolMode.",
        _ when Has(message, "tools") || Has(message, "function_declarations") =>
            "The model does not support a tool: change ChatOptions.Tools, in particular the schema of the tool that the message names.",
        _ when Has(message, "messages") => "The model does not support a message: change the content that the message names.",
        _ => null,
    };

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
}
