using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator.Dialects;
using Connectors.Databricks.Emulator.Json;

namespace Connectors.Databricks.Emulator.Chat;

/// <summary>Applies the deviations of a response to its document or its chunks.</summary>
internal static class ChatDeviations
{
    public static JsonObject Apply(JsonObject completion, IReadOnlySet<ChatDeviation> deviations)
    {
        foreach (var message in completion.Objects("choices").Select(choice => choice.Object("message")).OfType<JsonObject>())
        {
            Change(message, deviations, isStream: false);
        }

        ChangeUsage(completion, deviations);
        return completion;
    }

    public static IEnumerable<StreamChunk> Apply(IEnumerable<StreamChunk> chunks, IReadOnlySet<ChatDeviation> deviations)
    {
        foreach (var chunk in chunks)
        {
            foreach (var delta in chunk.Json.Objects("choices").Select(choice => choice.Object("delta")).OfType<JsonObject>())
            {
                Change(delta, deviations, isStream: true);
            }

            ChangeUsage(chunk.Json, deviations);
            if (!chunk.Finishes)
            {
                yield return chunk;
                continue;
            }

            foreach (var last in Last(chunk, deviations))
            {
                yield return last;
            }
        }
    }

    private static IEnumerable<StreamChunk> Last(StreamChunk chunk, IReadOnlySet<ChatDeviation> deviations)
    {
        if (deviations.Contains(ChatDeviation.NullDelta) || deviations.Contains(ChatDeviation.MissingDelta))
        {
            var odd = (JsonObject)chunk.Json.DeepClone();
            foreach (var choice in odd.Objects("choices"))
            {
                choice["finish_reason"] = null;
                choice["delta"] = null;
                if (deviations.Contains(ChatDeviation.MissingDelta))
                {
                    choice.Remove("delta");
                }
            }

            yield return new StreamChunk(odd);
        }

        if (deviations.Contains(ChatDeviation.UsageWithoutChoices) && chunk.Json["usage"] is JsonObject)
        {
            var usage = (JsonObject)chunk.Json.DeepClone();
            usage.Remove("choices");
            chunk.Json.Remove("usage");
            yield return chunk;
            yield return new StreamChunk(usage);
            yield break;
        }

        yield return chunk;
    }

    private static void Change(JsonObject message, IReadOnlySet<ChatDeviation> deviations, bool isStream)
    {
        if (isStream && deviations.Contains(ChatDeviation.DeltasWithoutRole))
        {
            message.Remove("role");
        }

        if (deviations.Contains(ChatDeviation.SignatureWithoutText))
        {
            foreach (var item in message.Objects("content").SelectMany(part => part.Objects("summary"))
                .Where(item => item.Text("text") == "" && item.Text("signature") is { Length: > 0 }))
            {
                item.Remove("text");
            }
        }

        foreach (var call in message.Objects("tool_calls").Where(call => call.ContainsKey("id")))
        {
            if (deviations.Contains(ChatDeviation.RepeatedToolCallIds))
            {
                call["id"] = "call_repeated";
            }
            else if (deviations.Contains(ChatDeviation.EmptyToolCallIds))
            {
                call["id"] = "";
            }

            if (isStream && deviations.Contains(ChatDeviation.EmptyObjectBeforeArguments)
                && call.Object("function") is JsonObject function && function.Text("arguments") == "")
            {
                function["arguments"] = "{}";
            }
        }
    }

    private static void ChangeUsage(JsonObject document, IReadOnlySet<ChatDeviation> deviations)
    {
        if (deviations.Contains(ChatDeviation.UsageWithoutTotal))
        {
            document.Object("usage")?.Remove("total_tokens");
        }
    }
}
