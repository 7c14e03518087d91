using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Gateway;

namespace Connectors.Databricks.Tests.Emulator.Server;

/// <summary>Paths of the service that the emulator does not serve, and the small ones that it does.</summary>
public class UnservedPathTests
{
    [Theory]
    [InlineData("POST", "ai-gateway/openai/v1/chat/completions")]
    [InlineData("POST", "ai-gateway/anthropic/v1/messages")]
    [InlineData("POST", "ai-gateway/gemini/v1beta/models/m:generateContent")]
    [InlineData("POST", "ai-gateway/mcp-services/system.ai.dbsql")]
    [InlineData("POST", "serving-endpoints/anthropic/v1/messages")]
    [InlineData("POST", "api/2.0/vector-search/indexes/a.b.c/query")]
    [InlineData("POST", "api/2.0/sql/statements")]
    [InlineData("GET", "api/2.1/unity-catalog/model-provider-services")]
    [InlineData("GET", "api/2.1/supervisor-agents")]
    public async Task A_path_of_the_service_that_is_not_served_is_named(string method, string path)
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            $$"""501 {"error_code":"NOT_IMPLEMENTED","message":"The emulator does not serve '{{method}} /{{path}}'."}""",
            await wire.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null));
    }

    [Fact]
    public async Task A_native_route_does_not_exist_without_a_gateway()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.Sovereign);

        Assert.StartsWith(
            "404 {\"error_code\":\"ENDPOINT_NOT_FOUND\"",
            await wire.SendAsync(HttpMethod.Post, "ai-gateway/openai/v1/chat/completions", "{}"),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic, false, """200 {"endpoints":[]}""")]
    [InlineData(EmulatedWorkspace.GatewayEnforced, false, """200 {"endpoints":[]}""")]
    [InlineData(
        EmulatedWorkspace.GatewayEnforced, true,
        """404 {"error_code":"FEATURE_DISABLED","message":"AI Gateway legacy endpoint is not available for CSP-enabled workspaces."}""")]
    [InlineData(
        EmulatedWorkspace.Sovereign, false,
        """404 {"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for 'GET /api/ai-gateway/v2/endpoints'"}""")]
    public async Task The_probe_for_the_gateway_answers_by_the_workspace(EmulatedWorkspace workspace, bool hasProfile, string expected)
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Workspace = workspace;
            options.Quirks.HasComplianceProfile = hasProfile;
        });

        Assert.Equal(expected, await wire.SendAsync(HttpMethod.Get, "api/ai-gateway/v2/endpoints"));
    }

    [Fact]
    public async Task The_owner_of_a_token_is_described()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            Wire.Unwrapped("""
            200 {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"id":"1000000000000001","userName":"emulator@example.com",
              "displayName":"Emulator User","active":true,"emails":[{"type":"work","value":"emulator@example.com","primary":true}]}
            """),
            await wire.SendAsync(HttpMethod.Get, "api/2.0/preview/scim/v2/Me"));
        Assert.Contains(
            $"\"userName\":\"{wire.Emulator.ClientId}\"",
            await wire.SendAsync(HttpMethod.Get, "api/2.0/preview/scim/v2/Me", token: await wire.TokenAsync("all-apis")),
            StringComparison.Ordinal);
    }
}
