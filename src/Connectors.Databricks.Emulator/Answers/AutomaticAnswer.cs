using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>
/// Computes the automatic response to a request, deterministically. Tools first, then tool results, then the
/// response format, then the conversation.
/// </summary>
internal static class AutomaticAnswer
{
    public static IReadOnlyList<ChatAnswer> To(ChatRequest request, ModelCapabilities facts, string endpointName)
    {
        var answer = WithReasoning(Answer(request, facts, endpointName), request, facts);
        return [.. Enumerable.Range(0, request.Choices).Select(index => Limited(Variant(answer, index), request, facts))];
    }

    private static ChatAnswer Answer(ChatRequest request, ModelCapabilities facts, string endpointName)
    {
        var calls = ToolSelector.Pick(request, facts);
        if (calls.Count > 0)
        {
            return new ChatAnswer { Calls = calls };
        }

        var structured = request.ResponseFormat?.Text("type") switch
        {
            "json_schema" when request.ResponseFormat.Object("json_schema")?.Object("schema") is JsonObject schema =>
                CompactJson.Write(new SchemaFiller(schema, new PromptValues(Evidence(request)), "unknown").Fill()),
            "json_object" => CompactJson.Write(new JsonObject { ["answer"] = TextAnswer.About(request, endpointName, facts) }),
            _ => null,
        };
        return new ChatAnswer { Text = structured ?? TextAnswer.About(request, endpointName, facts) };
    }

    /// <summary>The text that fills a structured response: the prompt and the tool results after it.</summary>
    private static string Evidence(ChatRequest request) =>
        string.Join(
            "\n",
            ConversationHistory.Results(request).Select(result => result.Result).Prepend(ConversationHistory.LastUserText(request)));

    private static ChatAnswer WithReasoning(ChatAnswer answer, ChatRequest request, ModelCapabilities facts)
    {
        var thought = Thought.About(request, answer);
        if (facts.Thinking == ThinkingStyle.HiddenEffort)
        {
            var thinks = request.ReasoningEffort is not (null or "none");
            return answer with { HiddenReasoningTokens = thinks ? Tokenizer.Count(thought) : 0 };
        }

        return !ReasoningPolicy.Reasons(request, facts)
            ? answer
            : ReasoningPolicy.ShowsText(request, facts)
                ? answer with { Reasoning = thought }
                : answer with { Reasoning = "", HiddenReasoningTokens = Tokenizer.Count(thought) };
    }

    private static ChatAnswer Variant(ChatAnswer answer, int index) =>
        index == 0 || answer.Text is null ? answer : answer with { Text = $"Version {index + 1}: {answer.Text}" };

    /// <summary>Stop sequences and the token limit cut the text, never a tool call.</summary>
    private static ChatAnswer Limited(ChatAnswer answer, ChatRequest request, ModelCapabilities facts)
    {
        if (answer.Text is not string text)
        {
            return answer;
        }

        var stops = request.Stop.Select(word => text.IndexOf(word, StringComparison.Ordinal)).Where(at => at >= 0);
        var stop = stops.DefaultIfEmpty(text.Length).Min();
        text = text[..stop];
        var limit = request.MaxTokens ?? facts.DefaultMaxTokens;
        var room = limit - answer.ReasoningTokens;
        if (room >= Tokenizer.Count(text) || room is null)
        {
            return answer with { Text = text };
        }

        if (room < 0)
        {
            // The limit includes the reasoning.
            answer = answer with
            {
                Reasoning = answer.Reasoning is { } reasoning ? Tokenizer.Take(reasoning, limit!.Value) : null,
                HiddenReasoningTokens = Math.Min(answer.HiddenReasoningTokens, limit!.Value),
            };
        }

        // A truncated response of gpt-oss has its reasoning alone (unnamed public capture).
        var kept = facts.Dialect == EmulatedDialect.GptOss ? null : Tokenizer.Take(text, room.Value);
        return answer with { Text = kept, FinishReason = "length" };
    }
}
