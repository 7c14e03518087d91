using Connectors.Databricks.Endpoints;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/catalog.md. Each public method that takes a client runs on the emulator as a test.</summary>
internal static class CatalogCode
{
    public static async Task Look(DatabricksServingClient serving)
    {
        // <catalog>
        ServingCatalogSnapshot catalog = await serving.Endpoints.Catalog.GetAsync();

        foreach (CatalogEntry entry in catalog.Where(new CatalogFilter { IsReady = true, Capabilities = [EndpointCapability.ImageInput] }))
        {
            Console.WriteLine($"{entry.Name}: {entry.Kind}, {entry.Mode}, {entry.ContextWindow} tokens");
        }
        // </catalog>
        Assert.NotEmpty(catalog.Entries);
    }

    public static async Task GiveTools(DatabricksServingClient serving)
    {
        var agent = serving.GetChatClient("databricks-claude-sonnet-4-5");

        // <catalog-tools>
        var options = new ChatOptions { Tools = [.. serving.Endpoints.AsTools()] };

        ChatResponse response = await agent.GetResponseAsync("Which of our models can read images and is ready?", options);
        // </catalog-tools>
        Assert.NotEmpty(response.Messages);
    }

    internal static IReadOnlyList<AIFunction> AllowChanges(DatabricksServingClient serving)
    {
        // <catalog-changes>
        var tools = serving.Endpoints.AsTools(new EndpointToolOptions
        {
            AllowChanges = true,
            ApproveChange = async (change, cancellationToken) =>
            {
                await Console.Out.WriteLineAsync($"{change.Description} (y/n)");
                return await Console.In.ReadLineAsync(cancellationToken) is "y";
            },
        });
        // </catalog-changes>
        return tools;
    }
}
