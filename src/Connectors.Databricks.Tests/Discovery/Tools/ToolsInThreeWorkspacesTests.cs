using System.Net;
using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Surfaces;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Discovery.Tools;

/// <summary>The list and inspect tools in each kind of workspace, also with a token that may neither list nor get.</summary>
public sealed class ToolsInThreeWorkspacesTests
{
    private const string QueryOnly = "dapi-query-only";
    private const string Endpoint = "databricks-claude-sonnet-4-5";
    private const string Service = "system.ai.claude-sonnet-4-5";

    public static TheoryData<EmulatedWorkspace> Workspaces => [.. Enum.GetValues<EmulatedWorkspace>()];

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, new[] { Service, Endpoint })]
    [InlineData(EmulatedWorkspace.GatewayEnforced, new[] { Service, Endpoint })]
    [InlineData(EmulatedWorkspace.Sovereign, new[] { Endpoint })]
    public async Task The_list_tool_names_what_a_chat_client_takes(EmulatedWorkspace workspace, string[] names)
    {
        await using var emulator = await StartAsync(workspace);

        var list = await CallAsync(emulator, emulator.Token, "list_serving_endpoints", "name_contains", "claude-sonnet-4-5");

        Assert.Equal(names, list.GetProperty("endpoints").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.False(list.TryGetProperty("incomplete", out _));
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, Service, Service)]
    [InlineData(EmulatedWorkspace.Classic, Endpoint, Endpoint)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Service, Service)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Endpoint, Endpoint)]
    [InlineData(EmulatedWorkspace.Sovereign, "system.ai.claude-opus-4-8", "databricks-claude-opus-4-8")]
    [InlineData(EmulatedWorkspace.Sovereign, Endpoint, Endpoint)]
    public async Task The_get_tool_reads_both_kinds(EmulatedWorkspace workspace, string name, string found)
    {
        await using var emulator = await StartAsync(workspace);

        var details = await CallAsync(emulator, emulator.Token, "get_serving_endpoint", "name", name);

        Assert.Equal(found, details.GetProperty("name").GetString());
    }

    [Theory]
    [MemberData(nameof(Workspaces))]
    public async Task A_token_that_may_not_list_gets_the_reason(EmulatedWorkspace workspace)
    {
        await using var emulator = await StartAsync(workspace);

        var result = await CallAsync(emulator, QueryOnly, "list_serving_endpoints", "ready", true);

        Assert.Contains("Listing the endpoints failed: 403", result.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, Service, "Getting model service 'system.ai.claude-sonnet-4-5' failed: 403")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Service, "Getting model service 'system.ai.claude-sonnet-4-5' failed: 403")]
    [InlineData(EmulatedWorkspace.Sovereign, Service, "Getting model service 'system.ai.claude-sonnet-4-5' failed: 403")]
    [InlineData(EmulatedWorkspace.Classic, Endpoint, "Getting endpoint 'databricks-claude-sonnet-4-5' failed: 403")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, Endpoint, "Getting endpoint 'databricks-claude-sonnet-4-5' failed: 403")]
    [InlineData(EmulatedWorkspace.Sovereign, Endpoint, "Getting endpoint 'databricks-claude-sonnet-4-5' failed: 403")]
    public async Task A_token_that_may_not_get_gets_the_reason(EmulatedWorkspace workspace, string name, string reason)
    {
        await using var emulator = await StartAsync(workspace);

        var result = await CallAsync(emulator, QueryOnly, "get_serving_endpoint", "name", name);

        Assert.StartsWith(reason, result.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_does_not_exist_is_reported_where_similar_names_cannot_be_listed()
    {
        var workspace = new GatewayDouble()
            .On("GET /api/2.0/serving-endpoints/nowhere", HttpStatusCode.NotFound,
                """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"No."}""")
            .MayNotList().MayNotView();
        var tool = workspace.Client().Directory.CreateTools().Single(function => function.Name == "get_serving_endpoint");

        var result = Assert.IsType<JsonElement>(await tool.InvokeAsync(new AIFunctionArguments { ["name"] = "nowhere" }));

        Assert.Equal("There is no endpoint 'nowhere'.", result.GetProperty("error").GetString());
    }

    private static async Task<DatabricksEmulator> StartAsync(EmulatedWorkspace workspace)
    {
        var options = new DatabricksEmulatorOptions { Workspace = workspace };
        options.Authentication.TokensThatOnlyQuery.Add(QueryOnly);
        return await DatabricksEmulator.StartAsync(options);
    }

    private static async Task<JsonElement> CallAsync(
        DatabricksEmulator emulator, string token, string tool, string argument, object value)
    {
        var serving = new DatabricksServingClient(emulator.Host, DatabricksCredential.FromToken(token));
        var function = serving.Directory.CreateTools().Single(function => function.Name == tool);
        return Assert.IsType<JsonElement>(await function.InvokeAsync(new AIFunctionArguments { [argument] = value }));
    }
}
