using System.Text.Json;
using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>The content of messages (§3.3, §3.4).</summary>
internal static class ContentRules
{
    public static IEnumerable<string> Violations(RuleContext context)
    {
        foreach ((var index, var turn) in context.Request.Turns.Index())
        {
            // Unconfirmed: this refusal and the next.
            if (turn.Content is null && turn.Calls.Count == 0 && !turn.Json.IsGiven("refusal"))
            {
                yield return context.Messages.Invalid($"messages.{index}.content", "content is required unless the message has tool_calls");
            }

            if (turn.Content is not null && turn.Content.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Array))
            {
                yield return context.Messages.Invalid($"messages.{index}.content", "content must be a string or an array of parts");
            }

            if ((context.Is(EmulatedDialect.Kimi) || context.Is(EmulatedDialect.Inkling)) && turn.Role == "assistant"
                && turn.Calls.Count == 0 && turn.Content is not null && IsBlank(turn))
            {
                // Reported: 400. Unconfirmed: the wording.
                yield return context.Messages.Invalid($"messages.{index}.content", "an assistant message must not be empty");
            }

            if (!context.Facts.AcceptsEmptyText && HasEmptyText(turn))
            {
                // [issue databricks-ai-bridge#333]
                yield return ErrorMessages.Claude("messages: text content blocks must be non-empty");
            }

            foreach ((var partIndex, var part) in turn.Parts.Index())
            {
                var type = part.Text("type") ?? "";
                if (!context.Facts.Parts.Contains(type))
                {
                    yield return context.Messages.OutsideOf($"messages.{index}.content.{partIndex}.type", type, context.Facts.Parts);
                }

                // The Responses API takes URLs [docs:machine-learning/model-serving/query-open-responses-models].
                var takesRemoteImages = context.Facts.AcceptsRemoteImages || context.Options.Quirks.ClaudeAcceptsRemoteImages
                    || context.IsTranslated;
                if (!takesRemoteImages && ImageUrl(part) is string url && !url.StartsWith("data:", StringComparison.Ordinal))
                {
                    // That it refuses: [issue bifrost#6958]. Unconfirmed: the wording.
                    yield return context.Messages.Invalid(
                        $"messages.{index}.content.{partIndex}.image_url", "remote image URLs are not supported, use a base64 data URL");
                }
            }
        }
    }

    private static bool IsBlank(ChatMessage turn) => turn.Content is JsonArray
        ? turn.Parts.All(part => part.Text("type") == "text" && string.IsNullOrWhiteSpace(part.Text("text")))
        : string.IsNullOrWhiteSpace(turn.Content.Text());

    private static bool HasEmptyText(ChatMessage turn) =>
        turn.Content.Text() is ""
            || turn.Content is JsonArray { Count: 0 }
            || turn.Parts.Any(part => part.Text("type") == "text" && part.Text("text") is null or "");

    // The documentation has {"url":…}; a first-party schema has a plain string. Both are accepted (§3.4).
    private static string? ImageUrl(JsonObject part) => part.Object("image_url")?.Text("url") ?? part.Text("image_url");
}
