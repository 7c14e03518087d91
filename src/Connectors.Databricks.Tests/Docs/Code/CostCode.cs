using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/cost.md.</summary>
internal static class CostCode
{
    public static async Task UsageAsync(IChatClient chat)
    {
        // <cost-usage>
        ChatResponse response = await chat.GetResponseAsync("Name one Dutch painter.");
        Console.WriteLine($"{response.Usage?.InputTokenCount} in, {response.Usage?.CachedInputTokenCount} of them cached");
        Console.WriteLine($"{response.Usage?.OutputTokenCount} out, {response.Usage?.ReasoningTokenCount} of them reasoning");
        // </cost-usage>
    }
}
