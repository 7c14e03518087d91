using Connectors.Databricks.Emulator;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>The same turn, with and without a stream.</summary>
internal static class ChatServiceExtensions
{
    /// <summary>Answers with tool calls as they are written, whitespace and ids included.</summary>
    public static EmulatedEndpoint RepliesRaw(this EmulatedEndpoint endpoint, string toolCalls, bool streams)
    {
        if (!streams)
        {
            return endpoint.RepliesRaw(
                $$"""{"id":"r","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":{{toolCalls}}},"finish_reason":"tool_calls"}]}""");
        }

        var calls = System.Text.Json.Nodes.JsonNode.Parse(toolCalls)!.AsArray();
        var frames = new List<string>();
        for (var i = 0; i < calls.Count; i++)
        {
            calls[i]!["index"] = i;
            frames.Add($$$"""data: {"id":"r","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{{{calls[i]!.ToJsonString()}}}]}}]}""" + "\n\n");
        }

        frames.Add("""data: {"id":"r","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}""" + "\n\n");
        frames.Add("data: [DONE]\n\n");
        return endpoint.StreamsRaw([.. frames]);
    }

    /// <summary>Gets the next response; functions called meanwhile are in the history afterwards.</summary>
    /// <returns>The text of the answer.</returns>
    public static async Task<string> AnswerAsync(
        this EmulatedKernel fixture, ChatHistory history, PromptExecutionSettings? settings, bool streams)
    {
        if (!streams)
        {
            return (await fixture.Chat.GetChatMessageContentAsync(history, settings, fixture.Kernel)).Content ?? "";
        }

        var text = "";
        await foreach (var update in fixture.Chat.GetStreamingChatMessageContentsAsync(history, settings, fixture.Kernel))
        {
            text += update.Content;
        }

        return text;
    }
}
