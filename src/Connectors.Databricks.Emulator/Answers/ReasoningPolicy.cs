using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Selects the reasoning that a response shows, and signs it for families with signatures (§3.7, §3.9).</summary>
internal static class ReasoningPolicy
{
    public static ChatAnswer Apply(ChatAnswer answer, ModelCapabilities facts, RequestIds ids, int choice)
    {
        if (answer.Reasoning is null || facts.Dialect != EmulatedDialect.Claude)
        {
            return answer;
        }

        return answer with { Signature = answer.Signature ?? Sign(ids, choice) };
    }

    /// <summary>Whether an automatic response contains its reasoning, only a signature, or neither.</summary>
    public static bool Reasons(ChatRequest request, ModelCapabilities facts) => facts.Thinking switch
    {
        ThinkingStyle.Always => true,
        ThinkingStyle.VisibleEffort => request.ReasoningEffort is not (null or "none"),
        ThinkingStyle.Budget or ThinkingStyle.Adaptive => request.Thinks,
        _ => false,
    };

    /// <summary>Adaptive Claude hides its text unless a summary is requested [kasal].</summary>
    public static bool ShowsText(ChatRequest request, ModelCapabilities facts) =>
        facts.Thinking != ThinkingStyle.Adaptive || request.Thinking?.Text("display") == "summarized";

    public static string Sign(RequestIds ids, int choice) =>
        "EqoB" + Convert.ToBase64String([.. ids.Guid(10 + (choice * 2)).ToByteArray(), .. ids.Guid(11 + (choice * 2)).ToByteArray()]);
}
