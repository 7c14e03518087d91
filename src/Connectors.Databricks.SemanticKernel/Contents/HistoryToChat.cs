using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>
/// Turns a <see cref="ChatHistory"/> into messages. Reasoning goes along with its signature, which Semantic Kernel's own bridge to
/// <see cref="IChatClient"/> leaves behind.
/// </summary>
internal static class HistoryToChat
{
    /// <param name="history">The history.</param>
    /// <param name="streamed">The responses of streams, which the history has as text and function calls.</param>
    public static List<ChatMessage> Write(ChatHistory history, StreamedAnswers streamed)
    {
        var messages = new List<ChatMessage>(history.Count);
        var unanswered = new UnansweredCalls();
        ChatMessageContent? before = null;
        foreach (var message in history)
        {
            foreach (var part in streamed.Find(before, message))
            {
                var written = Write(part, message.AuthorName, unanswered);
                if (written.Contents.Count > 0)
                {
                    messages.Add(written);
                }
            }

            before = message;
        }

        return messages;
    }

    private static ChatMessage Write(ChatMessageContent message, string? authorName, UnansweredCalls unanswered)
    {
        var contents = message.Role == AuthorRole.Tool ? Results(message, unanswered) : Items(message);
        unanswered.Begin(contents);
        return new ChatMessage(Role(message.Role), contents) { AuthorName = authorName };
    }

    private static ChatRole Role(AuthorRole role) =>
        role == AuthorRole.Assistant ? ChatRole.Assistant :
        role == AuthorRole.System ? ChatRole.System :
        role == AuthorRole.Tool ? ChatRole.Tool :
        role == AuthorRole.User ? ChatRole.User :
        new ChatRole(role.Label);

    private static List<AIContent> Items(ChatMessageContent message)
    {
        var contents = new List<AIContent>(message.Items.Count);
        foreach (var item in message.Items)
        {
            if (Approvals.Write(item) is { } approval)
            {
                contents.Add(approval);
                continue;
            }

            var carrier = StoredItems.CarrierOf(item);
            if (carrier is null || item is not ReasoningContent)
            {
                contents.Add(ItemToChat.Write(item));
            }

            if (carrier is not null)
            {
                contents.Add(carrier);
            }
        }

        if (contents.Any(content => content is AI.FunctionCallContent))
        {
            return contents;
        }

        contents.AddRange(CallsOfOldHistories(message));
        return contents;
    }

    private static IEnumerable<AIContent> CallsOfOldHistories(ChatMessageContent message)
    {
        if (message.Role != AuthorRole.Assistant ||
            message.Metadata?.GetValueOrDefault(MetadataNames.OpenAIToolCalls) is not JsonElement { ValueKind: JsonValueKind.Array } calls)
        {
            yield break;
        }

        foreach (var call in calls.EnumerateArray())
        {
            if (Member(call, "Id") is { } id && Member(call, "Name") is { } name && Member(call, "Arguments") is { } arguments)
            {
                yield return Parsed(arguments) is { } values
                    ? new AI.FunctionCallContent(id, name, values)
                    : new AI.FunctionCallContent(id, name)
                    {
                        AdditionalProperties = new() { [DatabricksPropertyNames.RawArguments] = arguments },
                    };
            }
        }
    }

    // The arguments of a model may be no JSON object; the history still contains them.
    private static Dictionary<string, object?>? Parsed(string arguments)
    {
        try
        {
            using var document = JsonDocument.Parse(arguments.Length > 0 ? arguments : "{}");
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var values = new Dictionary<string, object?>();
            foreach (var argument in document.RootElement.EnumerateObject())
            {
                values[argument.Name] = argument.Value.Clone();
            }

            return values;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement call, string name) =>
        call.ValueKind == JsonValueKind.Object && call.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    // A tool message may repeat its results as text for display.
    private static List<AIContent> Results(ChatMessageContent message, UnansweredCalls unanswered)
    {
        if (ItemToChat.Text(message, MetadataNames.OpenAIToolId) is { } callId)
        {
            return unanswered.TryAnswer(callId) ? [new AI.FunctionResultContent(callId, message.Content ?? string.Empty)] : [];
        }

        var results = message.Items.OfType<Microsoft.SemanticKernel.FunctionResultContent>().ToList();
        if (results.Count == 0)
        {
            throw new NotSupportedException("A tool message of the history holds no FunctionResultContent, so it refers to no call.");
        }

        return [.. results.Select(ItemToChat.Write).Where(content => unanswered.TryAnswer(((AI.FunctionResultContent)content).CallId))];
    }
}
