using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>Where each kind of workspace serves which name, on the wire.</summary>
public class WorkspaceKindTests
{
    [Theory]
    [InlineData(EmulatedWorkspace.Classic, "system.ai.kimi-k3", 404, 200)]
    [InlineData(EmulatedWorkspace.Classic, "databricks-kimi-k3", 200, 200)]
    [InlineData(EmulatedWorkspace.Classic, "azure-gpt-4o", 200, 404)]
    [InlineData(EmulatedWorkspace.Classic, "kimi-k3", 404, 404)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "system.ai.kimi-k3", 404, 200)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "databricks-kimi-k3", 403, 501)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "azure-gpt-4o", 200, 404)]
    [InlineData(EmulatedWorkspace.GatewayEnforced, "kimi-k3", 404, 404)]
    [InlineData(EmulatedWorkspace.Sovereign, "system.ai.kimi-k3", 404, 404)]
    [InlineData(EmulatedWorkspace.Sovereign, "databricks-kimi-k3", 200, 404)]
    [InlineData(EmulatedWorkspace.Sovereign, "azure-gpt-4o", 200, 404)]
    public async Task A_name_is_served_where_the_workspace_serves_it(
        EmulatedWorkspace workspace, string name, int onServingEndpoints, int onGateway)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = workspace);

        string serving = await wire.SendAsync(
            HttpMethod.Post, "serving-endpoints/chat/completions", GatewayWire.Say(name));
        string gateway = await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say(name));

        Assert.Equal(($"{onServingEndpoints}", $"{onGateway}"), (serving[..3], gateway[..3]));
    }

    [Fact]
    public async Task A_sovereign_workspace_has_neither_gateway_nor_model_services()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.Sovereign);

        Assert.Equal(
            """404 {"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'POST /ai-gateway/mlflow/v1/chat/completions'"}""",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3")));
        Assert.StartsWith("404 ", await wire.SendAsync(HttpMethod.Get, GatewayWire.Services), StringComparison.Ordinal);
        Assert.Empty(wire.Emulator.ModelServices);
    }

    [Fact]
    public async Task A_missing_gateway_can_be_a_disabled_feature()
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Workspace = EmulatedWorkspace.Sovereign;
            options.Quirks.MissingGatewayCode = "FEATURE_DISABLED";
        });

        Assert.Equal(
            """404 {"error_code":"FEATURE_DISABLED","message":"AI Gateway is not available for this workspace."}""",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3")));
    }

    [Fact]
    public async Task Short_names_are_an_option()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.GatewayAcceptsShortNames = true);

        Assert.StartsWith(
            "200 ",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("claude-sonnet-4-5")),
            StringComparison.Ordinal);
    }

    /// <summary>A client that cuts or adds a prefix must meet a name where that is wrong.</summary>
    [Fact]
    public async Task No_rule_over_the_text_of_a_name_yields_another()
    {
        await using Wire wire = await Wire.OpenAsync();
        string[] services = [.. wire.Emulator.ModelServices.Select(service => service.Name)];
        string[] legacy =
        [
            .. wire.Emulator.Endpoints.Select(endpoint => endpoint.Name)
                .Where(name => name.StartsWith("databricks-", StringComparison.Ordinal)),
        ];

        Assert.Contains(legacy, name => !services.Contains(name.Replace("databricks-", "system.ai.", StringComparison.Ordinal)));
        Assert.All(wire.Emulator.ModelServices, service => Assert.NotEqual(service.Name, service.RegisteredModel));
        Assert.True(services.Length > legacy.Length);
    }

    /// <summary>The two ways of the reference from a legacy name to its service: the name of the model, or the destination.</summary>
    [Fact]
    public async Task Every_legacy_name_leads_to_its_service_through_the_data_of_the_workspace()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Management.EmptyModelServicePages = 0);
        JsonArray services = (await wire.GetJsonAsync($"{GatewayWire.Services}?view=FULL"))["model_services"]!.AsArray();
        JsonArray endpoints = (await wire.GetJsonAsync("api/2.0/serving-endpoints:foundation-models"))["endpoints"]!.AsArray();

        foreach (JsonNode? endpoint in endpoints)
        {
            string model = endpoint!["config"]!["served_entities"]![0]!["foundation_model"]!["name"]!.GetValue<string>();
            int byName = services.Count(service => service!["name"]!.GetValue<string>() == $"model-services/{model}");
            int byDestination = services.Count(service => service!["config"]!["routing"]!["destinations"]![0]!
                ["pay_per_token_config"]!["model"]!.GetValue<string>() == $"models/{model}");

            Assert.True(byName + byDestination == 1, $"{endpoint["name"]}: {model} has {byName} + {byDestination} services.");
        }
    }

    [Fact]
    public async Task A_gateway_response_carries_its_headers()
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage gateway = await wire.PostAsync(GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"));
        using HttpResponseMessage serving = await wire.InvokeAsync("databricks-kimi-k3", GatewayWire.Say("x"));

        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", gateway.Headers.GetValues("traceresponse").Single());
        Assert.True(gateway.Headers.Contains("server-timing"));
        Assert.True(Guid.TryParse(gateway.Headers.GetValues("x-request-id").Single(), out _));
        Assert.False(serving.Headers.Contains("traceresponse"));
    }

    [Fact]
    public async Task Request_tags_are_recorded()
    {
        await using Wire wire = await Wire.OpenAsync();
        string body = GatewayWire.Say("system.ai.kimi-k3");

        await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body, tags: """{"team":"search","run":"7"}""");
        await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body, tags: """{"team":7}""");
        await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body, tags: "team=search");
        await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body);

        Assert.Equal([2, 0, 0, 0], wire.Emulator.Requests.Select(request => request.RequestTags.Count));
        Assert.Equal(("search", "7"), (wire.Emulator.Requests[0].RequestTags["team"], wire.Emulator.Requests[0].RequestTags["run"]));
    }
}
