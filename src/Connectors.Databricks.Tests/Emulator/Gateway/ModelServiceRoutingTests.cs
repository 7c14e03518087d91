using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>Destinations, rate limits and grants of model services, on the wire.</summary>
public class ModelServiceRoutingTests
{
    [Fact]
    public async Task Traffic_is_split_and_a_failing_destination_has_a_fallback()
    {
        await using Wire wire = await Wire.OpenAsync();
        string fallback = GatewayWire.Destination("c", "gpt_oss_120b", 0);
        string routing = GatewayWire.Routing(("a", "claude-opus-4-8", 75), ("b", "llama_v3_3_70b_instruct", 25))
            .Replace("]}", $"],\"fallback\":{{\"destinations\":[{fallback}]}}}}", StringComparison.Ordinal);
        Assert.StartsWith("200 ", await wire.CreateServiceAsync(routing), StringComparison.Ordinal);

        Assert.Equal("aaba", await ServedAsync(wire, 4));
        wire.Emulator.ModelService("main.ai.chat").FailsDestination("a");
        Assert.Equal("ccbc", await ServedAsync(wire, 4));
        wire.Emulator.ModelService("main.ai.chat").FailsDestination("c", 429);
        Assert.StartsWith(
            "503 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat")), StringComparison.Ordinal);
        wire.Emulator.ModelService("main.ai.chat").RepairsDestination("a");
        Assert.StartsWith(
            "200 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provisioned_destination_answers_once_its_endpoint_is_ready()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.Workspace = EmulatedWorkspace.GatewayEnforced);
        wire.Emulator.AddProvisionedModelService("main.ai.pt", "maverick-pt");
        string body = GatewayWire.Say("main.ai.pt");

        Assert.StartsWith(
            "400 {\"error_code\":\"FAILED_PRECONDITION\"",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body),
            StringComparison.Ordinal);
        wire.Emulator.AddProvisionedEndpoint("maverick-pt");
        Assert.StartsWith("200 ", await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body), StringComparison.Ordinal);
        await wire.SendAsync(HttpMethod.Delete, "api/2.0/serving-endpoints/maverick-pt");
        Assert.StartsWith(
            "400 {\"error_code\":\"FAILED_PRECONDITION\"",
            await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, body),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RATE_LIMIT_KEY_SERVICE", "", "", "200 200 429")]
    [InlineData("RATE_LIMIT_KEY_USER_DEFAULT", "", "", "200 200 429")]
    [InlineData("RATE_LIMIT_KEY_USER", "\"principal\":\"other@example.com\",", "", "200 200 200")]
    [InlineData("RATE_LIMIT_KEY_REQUEST_TAG", "\"request_tag_key\":\"team\",", """{"team":"a"}""", "200 200 429")]
    [InlineData("RATE_LIMIT_KEY_REQUEST_TAG", "\"request_tag_key\":\"team\",", """{"other":"a"}""", "200 200 200")]
    [InlineData(
        "RATE_LIMIT_KEY_REQUEST_TAG", "\"request_tag_key\":\"team\",\"request_tag_value\":\"b\",", """{"team":"a"}""", "200 200 200")]
    public async Task A_rate_limit_counts_by_its_key(string key, string members, string tags, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();
        string limit = $$"""{"key":"{{key}}",{{members}}"requests":2,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_MINUTE"}""";
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)), $",\"rate_limits\":[{limit}]");
        List<string> statuses = [];

        for (int request = 0; request < 3; request++)
        {
            statuses.Add((await wire.SendAsync(
                HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"), tags: tags.Length > 0 ? tags : null))[..3]);
        }

        Assert.Equal(expected, string.Join(' ', statuses));
    }

    [Fact]
    public async Task A_group_has_the_privileges_that_it_was_granted()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddModelService("main.ai.chat", "databricks-inkling").RevokesExecute().GrantsExecute("analysts");

        string before = await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"));
        wire.Emulator.AddGroup("analysts", "other").AddGroup("analysts");
        string after = await wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"));

        Assert.Equal(("403", "200"), (before[..3], after[..3]));
        Assert.StartsWith("200 ", await wire.SendAsync(HttpMethod.Get, $"{GatewayWire.Services}/main.ai.chat"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Grants_are_listed_and_changed()
    {
        await using Wire wire = await Wire.OpenAsync();
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)));
        string token = await wire.TokenAsync("all-apis");
        string path = "api/2.1/unity-catalog/permissions/model_service/main.ai.chat";
        string change = $$"""{"changes":[{"principal":"{{wire.Emulator.ClientId}}","add":["EXECUTE"]}]}""";

        Assert.StartsWith("403 ", await AskAsync(), StringComparison.Ordinal);
        await wire.SendAsync(HttpMethod.Patch, path, change);
        Assert.StartsWith("200 ", await AskAsync(), StringComparison.Ordinal);
        Assert.Equal(
            "200 {\"privilege_assignments\":["
                + $"{{\"principal\":\"{wire.Emulator.ClientId}\",\"privileges\":[\"EXECUTE\"]}},"
                + "{\"principal\":\"emulator@example.com\",\"privileges\":[\"ALL_PRIVILEGES\"]}]}",
            await wire.SendAsync(HttpMethod.Get, path));
        await wire.SendAsync(HttpMethod.Patch, path, change.Replace("add", "remove", StringComparison.Ordinal));
        Assert.StartsWith("403 ", await AskAsync(), StringComparison.Ordinal);
        Assert.StartsWith("400 ", await wire.SendAsync(
            HttpMethod.Patch, path, change.Replace("EXECUTE", "SELECT", StringComparison.Ordinal)), StringComparison.Ordinal);

        Task<string> AskAsync() => wire.SendAsync(HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"), token);
    }

    private static async Task<string> ServedAsync(Wire wire, int count)
    {
        string served = "";
        for (int request = 0; request < count; request++)
        {
            using HttpResponseMessage response = await wire.PostAsync(GatewayWire.Chat, GatewayWire.Say("main.ai.chat"));
            served += response.Headers.GetValues("served-model-name").Single();
        }

        return served;
    }
}
