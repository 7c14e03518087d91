using System.Text.Json;
using Connectors.Databricks.Emulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

/// <summary>A denial by a service policy of Unity Gateway, in the metadata that apps of Semantic Kernel read.</summary>
public class ServicePolicyTests
{
    private const string Service = "system.ai.claude-sonnet-4-5";

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, false)]
    [InlineData(EmulatedWorkspace.Classic, true)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, false)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, true)]
    public async Task A_denial_of_a_message_is_in_its_metadata(EmulatedWorkspace workspace, bool onOutput)
    {
        await using var emulator = await StartAsync(workspace, onOutput);

        var message = await Chat(emulator).GetChatMessageContentAsync("Hi");

        Assert.Equal("ContentFilter", message.Metadata!["FinishReason"]);
        Assert.Equal(("p1", Phase(onOutput)), Denial(message.Metadata));
        Assert.Equal($"This {(onOutput ? "response" : "request")} was blocked by the 'p1' service policy.", message.Content);
        Assert.Single(emulator.Requests);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, false)]
    [InlineData(EmulatedWorkspace.Classic, true)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, false)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, true)]
    public async Task A_denial_of_a_stream_is_in_the_metadata_of_its_last_update(EmulatedWorkspace workspace, bool onOutput)
    {
        await using var emulator = await StartAsync(workspace, onOutput);
        List<StreamingChatMessageContent> updates = [];

        await foreach (var update in Chat(emulator).GetStreamingChatMessageContentsAsync("Hi"))
        {
            updates.Add(update);
        }

        Assert.Equal("ContentFilter", updates[^1].Metadata!["FinishReason"]);
        Assert.Equal(("p1", Phase(onOutput)), Denial(updates[^1].Metadata!));
        Assert.Equal(
            $"This {(onOutput ? "response" : "request")} was blocked by the 'p1' service policy.",
            string.Concat(updates.Select(update => update.Content)));
        Assert.Single(emulator.Requests);
    }

    [Fact]
    public async Task A_response_that_no_policy_denies_has_no_denial()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();

        var message = await Chat(emulator).GetChatMessageContentAsync("Hi");

        Assert.Equal("Stop", message.Metadata!["FinishReason"]);
        Assert.False(message.Metadata.ContainsKey(DatabricksPropertyNames.ServicePolicyDenial));
    }

    private static async Task<DatabricksEmulator> StartAsync(EmulatedWorkspace workspace, bool onOutput)
    {
        var emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Workspace = workspace });
        emulator.ModelService(Service).Endpoint.DeniesByServicePolicy("p1", onOutput);
        return emulator;
    }

    private static IChatCompletionService Chat(DatabricksEmulator emulator) => Kernel.CreateBuilder()
        .AddDatabricksChatCompletion(Service, emulator.Host, emulator.Token).Build().GetRequiredService<IChatCompletionService>();

    private static string Phase(bool onOutput) => onOutput ? "post_call" : "pre_call";

    private static (string? Policy, string? Phase) Denial(IReadOnlyDictionary<string, object?> metadata)
    {
        var denial = Assert.IsType<JsonElement>(metadata[DatabricksPropertyNames.ServicePolicyDenial]);
        return (denial.GetProperty("name").GetString(), denial.GetProperty("phase").GetString());
    }
}
