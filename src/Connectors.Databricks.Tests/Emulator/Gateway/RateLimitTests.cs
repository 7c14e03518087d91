using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Gateway;

/// <summary>
/// Which rate limits apply to whom, on model services and on endpoints: that of a caller before those of groups, both before that of each
/// caller.
/// </summary>
public class RateLimitTests
{
    private const string User = "emulator@example.com";

    [Theory]
    [InlineData("group:analysts=2", "200 200 429")]
    [InlineData("group:others=0", "200 200 200")]
    [InlineData("group:account users=2", "200 200 429")]
    [InlineData("each=0 group:analysts=2", "200 200 429")]
    [InlineData("each=0 group:others=9", "429 429 429")]
    [InlineData("each=0 user:emulator@example.com=2", "200 200 429")]
    [InlineData("group:analysts=0 user:emulator@example.com=2", "200 200 429")]
    [InlineData("group:analysts=0 group:writers=2", "200 200 429")]
    [InlineData("all=1 group:analysts=2", "200 429 429")]
    [InlineData("all=1 user:emulator@example.com=2", "200 429 429")]
    public async Task The_closest_limit_applies(string limits, string expected)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddGroup("analysts").AddGroup("writers", User).AddGroup("others", "someone");
        await LimitAsync(wire, limits);

        Assert.Equal(expected, await AskAsync(wire, 3, isService: true));
        Assert.Equal(expected, await AskAsync(wire, 3, isService: false));
    }

    [Fact]
    public async Task Members_of_a_group_share_its_limit_and_a_period_ends()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddGroup("analysts", User, wire.Emulator.ClientId);
        await LimitAsync(wire, "group:analysts=2");
        string token = await wire.TokenAsync("all-apis");

        Assert.Equal("200", await AskAsync(wire, 1, isService: true));
        Assert.Equal("200 429", await AskAsync(wire, 2, isService: true, token));
        Assert.Equal("429", await AskAsync(wire, 1, isService: true));
        wire.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("200", await AskAsync(wire, 1, isService: true));
    }

    [Fact]
    public async Task A_limit_of_one_value_of_a_tag_replaces_that_of_each()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Each = """{"key":"RATE_LIMIT_KEY_REQUEST_TAG","request_tag_key":"team","requests":0,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}""";
        const string One = """{"key":"RATE_LIMIT_KEY_REQUEST_TAG","request_tag_key":"team","request_tag_value":"a","requests":1,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}""";
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)), $",\"rate_limits\":[{Each},{One}]");
        List<string> statuses = [];

        foreach (string team in (string[])["a", "a", "b"])
        {
            statuses.Add((await wire.SendAsync(
                HttpMethod.Post, GatewayWire.Chat, GatewayWire.Say("main.ai.chat"), tags: $"{{\"team\":\"{team}\"}}"))[..3]);
        }

        Assert.Equal(["200", "429", "429"], statuses);
    }

    [Fact]
    public async Task Only_a_limit_of_a_tag_has_one()
    {
        await using Wire wire = await Wire.OpenAsync();
        const string Limit = """{"key":"RATE_LIMIT_KEY_SERVICE","request_tag_key":"team","requests":1,"renewal_period":"RATE_LIMIT_RENEWAL_PERIOD_HOUR"}""";

        Assert.Equal(
            """400 {"error_code":"INVALID_PARAMETER_VALUE","message":"A rate limit of RATE_LIMIT_KEY_SERVICE has no request tag."}""",
            await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)), $",\"rate_limits\":[{Limit}]"));
    }

    [Fact]
    public async Task Tokens_are_limited_apart_from_requests()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.AddGroup("analysts").AddGroup("writers");
        await LimitAsync(wire, "group:analysts=9 group:writers=9 group:analysts=1t group:writers=1t");

        Assert.Equal("200 429", await AskAsync(wire, 2, isService: true));
        Assert.Equal("200 429", await AskAsync(wire, 2, isService: false));
    }

    private static async Task LimitAsync(Wire wire, string limits)
    {
        string[] all = limits.Replace("account users", "account_users", StringComparison.Ordinal).Split(' ');
        string service = string.Join(',', all.Select(limit => Limit(limit, isService: true)));
        string endpoint = string.Join(',', all.Select(limit => Limit(limit, isService: false)));
        await wire.CreateServiceAsync(GatewayWire.Routing(("a", "claude-opus-4-8", 100)), $",\"rate_limits\":[{service}]");
        wire.Emulator.ModelService("main.ai.chat").GrantsExecute();
        Assert.StartsWith(
            "200 ", await wire.SendAsync(
                HttpMethod.Put, "api/2.0/serving-endpoints/databricks-inkling/ai-gateway", $"{{\"rate_limits\":[{endpoint}]}}"),
            StringComparison.Ordinal);
    }

    // Such as "group:analysts=2", or "=2t" for tokens.
    private static string Limit(string text, bool isService)
    {
        string[] parts = text.Split('=');
        string[] key = parts[0].Split(':');
        bool isTokens = parts[1].EndsWith('t');
        var limit = new JsonObject
        {
            ["key"] = (key[0], isService) switch
            {
                ("group", true) => "RATE_LIMIT_KEY_USER_GROUP",
                ("group", false) => "user_group",
                ("user", true) => "RATE_LIMIT_KEY_USER",
                ("user" or "each", false) => "user",
                ("each", true) => "RATE_LIMIT_KEY_USER_DEFAULT",
                (_, true) => "RATE_LIMIT_KEY_SERVICE",
                _ => "endpoint",
            },
            ["renewal_period"] = isService ? "RATE_LIMIT_RENEWAL_PERIOD_MINUTE" : "minute",
            [isTokens ? "tokens" : isService ? "requests" : "calls"] = int.Parse(parts[1].TrimEnd('t'), null),
        };
        if (key.Length > 1)
        {
            limit["principal"] = key[1].Replace('_', ' ');
        }

        return limit.ToJsonString();
    }

    private static async Task<string> AskAsync(Wire wire, int count, bool isService, string? token = null)
    {
        List<string> statuses = [];
        for (int request = 0; request < count; request++)
        {
            statuses.Add((await wire.SendAsync(
                HttpMethod.Post, isService ? GatewayWire.Chat : "serving-endpoints/databricks-inkling/invocations",
                isService ? GatewayWire.Say("main.ai.chat") : """{"messages":[{"role":"user","content":"Say 'ok'"}]}""", token))[..3]);
        }

        return string.Join(' ', statuses);
    }
}
