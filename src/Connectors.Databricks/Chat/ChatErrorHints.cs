using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Chat;

/// <summary>What to try after a chat was refused: the option to change, or the model to use instead.</summary>
internal static class ChatErrorHints
{
    private static readonly Func<int, ServiceError, string?> General = static (status, error) => status == 400 ? OfWords(error.Message) : null;

    /// <summary>The general advice costs no allocation; that for a model which is gone or elsewhere is rare.</summary>
    public static Func<int, ServiceError, string?> For(EndpointModel endpoint) =>
        endpoint.Record is { } model && OfModel(model) is { } advice
            ? (status, error) => status is 400 or 404 or 501 ? OfOption(model, status, error) ?? advice : General(status, error)
            : General;

    // A model that is to go still answers, and refuses for reasons of its own.
    private static string? OfOption(DatabricksModelInfo model, int status, ServiceError error) =>
        model.Lifecycle.Stage == DatabricksModelStage.Deprecated ? General(status, error) : null;

    private static string? OfModel(DatabricksModelInfo model)
    {
        var life = model.Lifecycle;
        if (life.Stage == DatabricksModelStage.Retired || life.Stage == DatabricksModelStage.Deprecated)
        {
            var when = life.RetirementDate is { } date ? $" ({date:yyyy-MM-dd})" : string.Empty;
            return $"{model.Name} is {life.Stage}{when}: use '{(life.Replacement is null ? "another model" : $"databricks-{life.Replacement}")}'.";
        }

        return model.Surfaces.Contains("chat") ? null :
            $"{model.Name} does not answer chats; it answers on: {string.Join(", ", model.Surfaces)}.";
    }

    private static string? OfWords(string? words) => words switch
    {
        null => null,
        _ when Has(words, "response_format") =>
            "This model does not take that response format: change ChatOptions.ResponseFormat, or the wish for a strict one.",
        _ when Has(words, "image_url") || Has(words, "image URL") =>
            "This model does not take the image as it is: give its data as DataContent, set DatabricksServingOptions.FetchImage if it is an address, " +
            "or set ReplaceUnsupportedMedia to do without.",
        _ when Has(words, "signature") || Has(words, "thinking` block") =>
            "Reasoning of an earlier answer is not taken: drop the TextReasoningContents from the history.",
        _ when Has(words, "tool_choice") => "This model does not take that choice: change ChatOptions.ToolMode.",
        _ when Has(words, "tools") || Has(words, "function_declarations") =>
            "This model does not take a tool as it is: change ChatOptions.Tools, above all the schema of the tool that the message names.",
        _ when Has(words, "messages") => "This model does not take a message as it is: change what the service names in the conversation.",
        _ => null,
    };

    private static bool Has(string words, string part) => words.Contains(part, StringComparison.OrdinalIgnoreCase);
}
