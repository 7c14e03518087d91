using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Text;

namespace Connectors.Databricks.Emulator.Completions;

/// <summary>Writes completion documents and chunks.</summary>
internal sealed class CompletionDocuments(RequestIds ids, long created, string model)
{
    public JsonObject Whole(IReadOnlyList<(string Text, string Reason)> choices, EmulatedUsage usage)
    {
        JsonArray list = [];
        foreach ((var index, (var text, var reason)) in choices.Index())
        {
            list.Add((JsonNode)Choice(index, text, reason));
        }

        var whole = Document(list);
        whole["usage"] = Usage(usage);
        return whole;
    }

    public IEnumerable<SseEvent> Chunks(IReadOnlyList<(string Text, string Reason)> choices, EmulatedUsage usage)
    {
        foreach ((var index, (var text, _)) in choices.Index())
        {
            foreach (var piece in Tokenizer.Split(text))
            {
                yield return new SseEvent(CompactJson.Write(Document(new JsonArray(Choice(index, piece, null)))));
            }
        }

        foreach ((var index, (_, var reason)) in choices.Index())
        {
            var last = Document(new JsonArray(Choice(index, "", reason)));
            if (index == choices.Count - 1)
            {
                last["usage"] = Usage(usage);
            }

            yield return new SseEvent(CompactJson.Write(last), null, Finishes: true);
        }
    }

    private JsonObject Document(JsonArray choices) => new()
    {
        ["id"] = $"cmpl_{ids.Guid(1)}",
        ["object"] = "text_completion",
        ["created"] = created,
        ["model"] = model,
        ["choices"] = choices,
    };

    private static JsonObject Choice(int index, string text, string? reason) =>
        new() { ["index"] = index, ["text"] = text, ["finish_reason"] = reason, ["logprobs"] = null };

    private static JsonObject Usage(EmulatedUsage usage) => new()
    {
        ["prompt_tokens"] = usage.PromptTokens,
        ["completion_tokens"] = usage.CompletionTokens,
        ["total_tokens"] = usage.TotalTokens,
    };
}
