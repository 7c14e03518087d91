using Connectors.Databricks.Management;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/directory.md. Each public method that takes a client runs on the emulator as a test.</summary>
internal static class DirectoryCode
{
    public static async Task Look(DatabricksServingClient serving)
    {
        // <directory>
        EndpointDirectorySnapshot snapshot = await serving.Directory.GetAsync();

        foreach (EndpointProfile profile in snapshot.Where(
            new DirectoryFilter { IsReady = true, Capabilities = [EndpointCapability.ImageInput] }))
        {
            Console.WriteLine($"{profile.Name}: {profile.Kind}, {profile.Mode}, {profile.ContextWindow} tokens");
        }
        // </directory>
        Assert.NotEmpty(snapshot.Profiles);
    }

    public static async Task GiveTools(DatabricksServingClient serving)
    {
        var agent = serving.GetChatClient("system.ai.claude-sonnet-4-5");

        // <directory-tools>
        var options = new ChatOptions { Tools = [.. serving.Directory.CreateTools()] };

        ChatResponse response = await agent.GetResponseAsync("Which of our models can read images and is ready?", options);
        // </directory-tools>
        Assert.NotEmpty(response.Messages);
    }

    internal static IReadOnlyList<AIFunction> AllowChanges(DatabricksServingClient serving)
    {
        // <management-tools>
        IEnumerable<AIFunction> tools = serving.Directory.CreateTools().Concat(
            serving.GetManagementClient().CreateTools(new ManagementToolOptions
        {
            AllowChanges = true,
            ApproveChange = async (change, cancellationToken) =>
            {
                await Console.Out.WriteLineAsync($"{change.Description} (y/n)");
                return await Console.In.ReadLineAsync(cancellationToken) is "y";
            },
        }));
        // </management-tools>
        return [.. tools];
    }
}
