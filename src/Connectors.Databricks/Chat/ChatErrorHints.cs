using System.Text.RegularExpressions;
using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Chat;

/// <summary>Error hints of chat: the option to change, or the model to use instead.</summary>
internal static partial class ChatErrorHints
{
    private static readonly Func<int, ServiceError, string?> General =
        static (status, error) => status == 400 && !ErrorHints.IsTooLong(error.Message)
            ? ToolErrorHints.For(error) ?? FromMessage(error.Message)
            : null;

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

        // Google: Function calling with a response mime type: 'application/json' is unsupported; For controlled generation of only function
        // calls, … instead of populating 'response_mime_type'.
        _ when Has(message, "Function calling with a response mime type") || Has(message, "controlled generation of only function calls") =>
            "The model does not support tools together with a response format: leave out ChatOptions.Tools or ChatOptions.ResponseFormat.",
        _ when Has(message, "response_format") || Has(message, "text.format") || Has(message, "output_config.format") =>
            "The model does not support the response format: change ChatOptions.ResponseFormat, or turn off strict mode.",
        _ when Conversation().IsMatch(message) =>
            "The model does not support the order or the parts of the messages: change the history, or assign the model of the endpoint " +
            "in DatabricksServingOptions.Models, so that conversations are adapted to it.",
        _ when Has(message, "must start with a thinking block") =>
            "The history lacks the reasoning of the turn that called the tools: send the contents of responses back as they are, or " +
            "leave ChatOptions.Reasoning unset.",
        _ when Has(message, "thinking.budget_tokens") || Has(message, "budget_tokens:") =>
            "The output limit includes the thinking budget, of 1,024 tokens or more: raise MaxOutputTokens, or lower Reasoning.Effort.",
        _ when Has(message, "Multiple candidates") || Has(message, "candidateCount") =>
            "The model returns one choice: leave out 'n' of ChatOptions.AdditionalProperties.",
        _ when Image().IsMatch(message) =>
            "The model does not support the image: pass its data as DataContent, set DatabricksChatOptions.FetchImage if it is a URL, " +
            "or set ReplaceUnsupportedMedia.",
        _ when Has(message, "signature") || Has(message, "thinking` block") =>
            "The service rejected reasoning of an earlier response: remove the TextReasoningContents from the history.",
        _ when Has(message, "tool use in streaming mode") =>
            "The model does not support tools in streams: call GetResponseAsync, or leave out ChatOptions.Tools.",
        _ when Has(message, "support tool use") || Has(message, "support function calling") =>
            "The model does not support tools: leave out ChatOptions.Tools.",
        _ when Has(message, "tool_choice forces tool use") =>
            "The model does not support thinking with a forced tool call: leave ChatOptions.Reasoning unset, or change ToolMode.",
        _ when Has(message, "tool_choice") => "The model does not support the tool choice: change ChatOptions.ToolMode.",
        _ when Has(message, "tools") || Has(message, "function_declarations") =>
            "The model does not support a tool: change ChatOptions.Tools, in particular the schema of the tool that the message names.",
        _ when Has(message, "messages") => "The model does not support a message: change the content that the message names.",
        _ => null,
    };

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);

    // Databricks: Chat message input roles must alternate. Claude: This model does not support assistant message prefill; `tool_use` ids
    // must be unique; `tool_use` ids were found without `tool_result` blocks; text content blocks must contain non-whitespace text.
    // OpenAI: The following tool_call_ids did not have response messages; messages with role 'tool' must be a response to a preceeding
    // message. Google: function call turn comes immediately after a user turn; number of function response parts is equal.
    [GeneratedRegex(
        """
        roles\ must\ alternate | message\ prefill | end\ with\ a\ user\ message | ids?\ must\ be\ unique
        | `tool_use`\ ids\ were\ found | must\ contain\ non-whitespace\ text | did\ not\ have\ response\ messages
        | must\ be\ a\ response\ to\ a\ prece | function\ call\ turn\ comes\ immediately | number\ of\ function\ response\ parts
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Conversation();

    // Claude: messages.0.content.1.image.source.base64.media_type: Input should be 'image/jpeg'. Bedrock: This model doesn't support the
    // image field for user messages; the image content block that you provided. Vertex: a mimeType parameter with value image/bmp.
    [GeneratedRegex("image_url|image URL|image\\.source|the image (?:field|content)|mimeType parameter", RegexOptions.IgnoreCase)]
    private static partial Regex Image();
}
