using System.Text;
using System.Text.Json;
using Connectors.Databricks.AspNetCore.OpenAI.Replies;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.AspNetCore.OpenAI.Chat;

/// <summary>The one message of a chat completion, from all messages of a response.</summary>
internal sealed class ChatAnswer
{
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly StringBuilder _refusal = new();
    private ReplyText _joined;

    public ChatAnswer(ChatResponse response)
    {
        foreach (var message in response.Messages.Where(message => message.Role == ChatRole.Assistant))
        {
            foreach (var content in message.Contents)
            {
                Add(message, content);
            }

            if (message.AdditionalProperties?.TryGetValue(DatabricksPropertyNames.LogProbs, out var value) is true)
            {
                LogProbs = value as JsonElement?;
            }
        }
    }

    public string? Text => _text.Length > 0 ? _text.ToString() : null;

    public string? Reasoning => _reasoning.Length > 0 ? _reasoning.ToString() : null;

    public string? Refusal => _refusal.Length > 0 ? _refusal.ToString() : null;

    public List<TextReasoningContent> ProtectedReasoning { get; } = [];

    public List<FunctionCallContent> Calls { get; } = [];

    /// <summary>The texts that cite, with their indexes in the whole text.</summary>
    public List<(TextContent Text, int Start)> Citing { get; } = [];

    public JsonElement? LogProbs { get; }

    private void Add(ChatMessage message, AIContent content)
    {
        switch (content)
        {
            case TextReasoningContent thought:
                _reasoning.Append(thought.Text);
                if (thought.ProtectedData is not null)
                {
                    ProtectedReasoning.Add(thought);
                }

                break;
            case TextContent text:
                _text.Append(_joined.StartsNext(message.MessageId, text.Text) ? ReplyText.Separator : null);
                if (AnnotationsToJson.HasAny(text))
                {
                    Citing.Add((text, _text.Length));
                }

                _text.Append(text.Text);
                break;
            case ErrorContent error:
                _refusal.Append(error.Message);
                break;
            case FunctionCallContent call when ReplyText.IsForClient(call):
                Calls.Add(call);
                break;
        }
    }
}
