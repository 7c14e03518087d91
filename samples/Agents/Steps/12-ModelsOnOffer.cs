using Connectors.Databricks;
using Microsoft.Extensions.AI;

namespace Agents.Steps;

/// <summary>An agent that finds out by itself what the workspace serves, and what each model can do.</summary>
internal sealed class ModelsOnOffer : IStep
{
    private const string Question = "Which of our models can read images and is ready?";

    public string Title => "An agent that discovers endpoints";

    public async Task RunAsync(Workspace workspace)
    {
        // A model of a real workspace decides which tool to call; the emulated one needs the name in the prompt.
        workspace.Emulator?.Endpoint(Endpoints.Claude).CallsTool(
            "list_serving_endpoints", """{"capability":"image-input","ready":true,"mode":"chat"}""");
        using IChatClient agent = workspace.Chat(Endpoints.Claude).AsBuilder().UseFunctionInvocation().Build();

        ChatResponse response = await agent.GetResponseAsync(
            Question, new ChatOptions { Tools = [.. workspace.Serving.Directory.CreateTools()] });

        Console.WriteLine(Question);
        foreach (var call in response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            Console.WriteLine(
                Terminal.Dim($"{call.Name}({string.Join(", ", call.Arguments?.Select(item => $"{item.Key}: {item.Value}") ?? [])})"));
        }

        Console.WriteLine(response.Messages[^1].Text);
        StepFailedException.Unless(
            response.Messages.Any(message => message.Contents.OfType<FunctionResultContent>().Any()), "The agent looked nothing up.");

        // The same data is available without a model.
        EndpointDirectorySnapshot snapshot = await workspace.Serving.Directory.GetAsync();
        var readers = snapshot.Where(new DirectoryFilter { IsReady = true, Capabilities = [EndpointCapability.ImageInput] });
        Console.WriteLine();
        Terminal.WriteTable(
            ["Name", "Kind", "Context window"],
            readers.Select(profile => (IReadOnlyList<string>)[profile.Name, $"{profile.Kind.Value}", $"{profile.ContextWindow}"]));
        StepFailedException.Unless(workspace.Emulator is null || readers.Count > 0, "The emulator serves models that read images.");
    }
}
