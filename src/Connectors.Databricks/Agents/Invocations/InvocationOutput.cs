using System.Text;
using System.Text.Json;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Transport;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Agents.Invocations;

/// <summary>
/// Reads the output of a run, whose format the agent defines: messages, a response of the Responses API, a chat completion, a text, or any
/// other JSON, which is returned as text.
/// </summary>
internal sealed class InvocationOutput
{
    private static readonly string[] TextNames = ["output_text", "text", "content", "response", "answer", "result"];

    private readonly ResponsesDialect _responses = new();
    private readonly CompletionsDialect _completions = new();

    public ChatResponse Read(OutputContext context, string? runId, JsonElement output)
    {
        var document = new ServedDocument(context.Reply, Encoding.UTF8.GetBytes(Json(output)));
        var state = (context.Call, context.Request.Chat);
        var response =
            output.MemberOf("output").ValueKind == JsonValueKind.Array ? _responses.Parse(document, state, context.CancellationToken) :
            output.MemberOf("choices").ValueKind == JsonValueKind.Array ? _completions.Parse(document, state, context.CancellationToken) :
            new ChatResponse(Messages(output, runId)) { FinishReason = ChatFinishReason.Stop };
        response.ResponseId = runId;
        response.RawRepresentation = context.Reply.Raw(document.Body);
        if (context.Reply.RequestId is { } requestId)
        {
            (response.AdditionalProperties ??= []).TryAdd(DatabricksPropertyNames.RequestId, requestId);
        }

        return response;
    }

    private static List<ChatMessage> Messages(JsonElement output, string? runId)
    {
        List<ChatMessage> messages = [];
        if (output.MemberOf("messages") is { ValueKind: JsonValueKind.Array } given)
        {
            foreach (var message in given.EnumerateArray())
            {
                var role = message.TextOf("role") ?? message.TextOf("type");
                if (role is "user" or "human")
                {
                    // Agents may return the whole conversation: what precedes is the caller's.
                    messages.Clear();
                }
                else if (role is "assistant" or "ai" or null && TextOf(message.MemberOf("content")) is { Length: > 0 } text)
                {
                    messages.Add(NewMessage(text, message.TextOf("id") ?? Id(messages.Count)));
                }
            }
        }

        if (messages.Count == 0)
        {
            messages.Add(NewMessage(Text(output), Id(0)));
        }

        return messages;

        string? Id(int index) => index == 0 || runId is null ? runId : $"{runId}-{index}";
    }

    private static ChatMessage NewMessage(string text, string? id) => new(ChatRole.Assistant, text) { MessageId = id };

    private static string Text(JsonElement output) =>
        TextNames.Select(name => TextOf(output.MemberOf(name))).FirstOrDefault(text => text is not null)
            ?? TextOf(output) ?? (output.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? string.Empty : output.GetRawText());

    /// <summary>The text of a content: a string, or an array of strings and of parts with a text.</summary>
    public static string? TextOf(JsonElement content) => content.ValueKind switch
    {
        JsonValueKind.String => content.GetString(),
        JsonValueKind.Array when content.EnumerateArray().All(IsText) => string.Concat(
            content.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : part.TextOf("text"))),
        _ => null,
    };

    private static bool IsText(JsonElement part) => part.ValueKind == JsonValueKind.String || part.TextOf("text") is not null;

    private static string Json(JsonElement output) => output.ValueKind == JsonValueKind.Undefined ? "null" : output.GetRawText();
}
