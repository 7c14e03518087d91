using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>Scopes, permissions and tokens that may neither list nor get, on the wire.</summary>
public class GatewayAccessTests
{
    [Theory]
    [InlineData("ai-gateway", 200, 403, 403, 403)]
    [InlineData("model-serving", 403, 200, 200, 403)]
    [InlineData("serving.serving-endpoints", 403, 200, 200, 403)]
    [InlineData("unity-catalog", 403, 403, 403, 200)]
    [InlineData("ai-gateway unity-catalog", 200, 403, 403, 200)]
    [InlineData("all-apis", 200, 200, 200, 200)]
    public async Task A_scope_opens_its_own_surface_alone(string scope, int gateway, int serving, int endpoints, int services)
    {
        await using Wire wire = await Wire.OpenAsync();
        string token = await wire.TokenAsync(scope);

        string[] answers =
        [
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"), token),
            await wire.SendAsync(HttpMethod.Post, "serving-endpoints/databricks-kimi-k3/invocations", GatewayWire.Say("x"), token),
            await wire.SendAsync(HttpMethod.Get, "api/2.0/serving-endpoints", token: token),
            await wire.SendAsync(HttpMethod.Get, GatewayWire.Services, token: token),
        ];

        Assert.Equal([$"{gateway}", $"{serving}", $"{endpoints}", $"{services}"], answers.Select(answer => answer[..3]));
    }

    [Theory]
    [InlineData(
        false,
        "Provided OAuth token does not have required scopes: ai-gateway [ReqId: 5f3b2c1a-0000-4000-8000-000000000403]")]
    [InlineData(true, "Invalid scope, required scopes: ai-gateway")]
    public async Task A_missing_scope_has_a_number_as_its_code(bool saysInvalid, string message)
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Quirks.SaysInvalidScope = saysInvalid);

        Assert.Equal(
            $$"""403 {"error_code":403,"message":"{{message}}"}""",
            await wire.SendAsync(
                HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"), await wire.TokenAsync("model-serving")));
    }

    [Fact]
    public async Task The_gateway_answers_a_bad_token_with_400_and_text()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            "400 Invalid Token",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"), "dapi-unknown"));
    }

    [Theory]
    [InlineData(EmulatedWorkspace.Classic)]
    [InlineData(EmulatedWorkspace.GatewayEnforced)]
    public async Task A_token_that_only_queries_neither_lists_nor_gets(EmulatedWorkspace workspace)
    {
        await using Wire wire = await Wire.OpenAsync(options =>
        {
            options.Workspace = workspace;
            options.Authentication.TokensThatOnlyQuery.Add("dapi-query");
        });

        Assert.StartsWith(
            "200 ",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"), "dapi-query"),
            StringComparison.Ordinal);
        foreach (string path in (string[])
        [
            "api/2.0/serving-endpoints", "api/2.0/serving-endpoints/databricks-kimi-k3", GatewayWire.Services,
            $"{GatewayWire.Services}/system.ai.kimi-k3",
        ])
        {
            Assert.StartsWith(
                "403 {\"error_code\":\"PERMISSION_DENIED\"",
                await wire.SendAsync(HttpMethod.Get, path, token: "dapi-query"),
                StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_principal_that_may_not_view_still_queries()
    {
        await using Wire wire = await Wire.OpenAsync();
        string token = await wire.TokenAsync("all-apis");
        wire.Emulator.OAuth.ServicePrincipals[0].CanView = false;

        Assert.StartsWith("403 ", await wire.SendAsync(HttpMethod.Get, GatewayWire.Services, token: token), StringComparison.Ordinal);
        Assert.StartsWith(
            "200 ",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("system.ai.kimi-k3"), token),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_is_granted_and_revoked()
    {
        await using Wire wire = await Wire.OpenAsync();
        EmulatedModelService service = wire.Emulator.ModelService("system.ai.kimi-k3").RevokesExecute();
        string body = GatewayWire.Say("system.ai.kimi-k3");

        Assert.Equal(
            """403 {"error_code":"PERMISSION_DENIED","message":"User does not have EXECUTE on model service 'system.ai.kimi-k3'."}""",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body));
        service.GrantsExecute(wire.Emulator.ClientId);
        Assert.StartsWith("403 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body), StringComparison.Ordinal);
        Assert.StartsWith(
            "200 ",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body, await wire.TokenAsync("all-apis")),
            StringComparison.Ordinal);
    }
}
