using Connectors.Databricks;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>One question, its response, and the metadata of the response.</summary>
internal sealed class Hello : IStep
{
    public string Title => "Hello";

    public async Task RunAsync(Workspace workspace)
    {
        IChatClient chat = workspace.Chat(Endpoints.Llama);

        ChatResponse response = await chat.GetResponseAsync("My name is Ada and I build bridges. What is my name?");

        Console.WriteLine(response.Text);
        Console.WriteLine();
        Console.WriteLine($"model          {response.ModelId}");
        Console.WriteLine($"finish reason  {response.FinishReason}");
        Console.WriteLine($"tokens         {response.Usage?.InputTokenCount} in, {response.Usage?.OutputTokenCount} out");
        Console.WriteLine($"request id     {response.AdditionalProperties?[DatabricksPropertyNames.RequestId]}");

        StepFailedException.Unless(response.Text.Contains("Ada", StringComparison.Ordinal), "The response does not contain the name.");
        StepFailedException.Unless(response.Usage is { OutputTokenCount: > 0 }, "The response has no token counts.");
    }
}
