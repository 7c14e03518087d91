using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;

namespace Connectors.Databricks.AspNetCore.Tests.OpenAI;

/// <summary>Failures of the workspace: before the response has started they have a status, later they are an event.</summary>
public class FailureTests
{
    private const string Model = "databricks-claude-sonnet-4-5";

    private static readonly Dictionary<string, Action<DatabricksEmulator>> Failures = new()
    {
        ["throttled"] = emulator => emulator.Endpoint(Model).Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromSeconds(7)),
        ["invalid"] = emulator => emulator.Endpoint(Model).Fails(400, "INVALID_PARAMETER_VALUE",
            "The prompt is too long: 9 tokens exceed the context of 8 tokens."),
        ["forbidden"] = emulator => emulator.Endpoint(Model).Fails(403, "PERMISSION_DENIED",
            "You have no permission, user 123 of adb-1.azuredatabricks.net."),
        ["expired"] = emulator => emulator.Endpoint(Model).ExpiresTokens(401),
        ["broken"] = emulator => emulator.Endpoint(Model).Fails(500, "INTERNAL_ERROR", "stack trace of host adb-1"),
        ["overloaded"] = emulator => emulator.Endpoint(Model).Fails(503, "TEMPORARILY_UNAVAILABLE"),
        ["dropped"] = emulator => emulator.Endpoint(Model).DropsTheConnection(),
        ["guardrail"] = emulator => emulator.Endpoint(Model).BlocksByGuardrail(onOutput: false, pii: false),
        ["budget"] = emulator => emulator.Endpoint(Model).ExhaustsBudget(),
        ["html"] = emulator => emulator.Endpoint(Model).ReturnsHtmlLogin(200),
    };

    [Theory]
    [InlineData("throttled", 429, "rate_limit_exceeded")]
    [InlineData("invalid", 400, "context_length_exceeded")]
    [InlineData("forbidden", 502, "upstream_error")]
    [InlineData("expired", 502, "upstream_error")]
    [InlineData("broken", 502, "upstream_error")]
    [InlineData("overloaded", 503, "overloaded")]
    [InlineData("dropped", 502, "upstream_error")]
    [InlineData("guardrail", 400, "content_filter")]
    [InlineData("budget", 429, "insufficient_quota")]
    [InlineData("html", 502, "upstream_error")]
    public async Task A_failure_has_a_status_and_a_code(string failure, int status, string code)
    {
        foreach (var (route, body) in Requests())
        {
            await using var app = await OpenAIApp.StartAsync();
            Failures[failure](app.Emulator);

            using var response = await app.SendAsync(route, body);
            var text = await response.Content.ReadAsStringAsync();

            Assert.Equal((status, code), ((int)response.StatusCode, (string?)JsonNode.Parse(text)!["error"]!["code"]));
            Assert.Equal(failure == "throttled" ? TimeSpan.FromSeconds(7) : null, response.Headers.RetryAfter?.Delta);
            Assert.DoesNotContain("adb-1", text, StringComparison.Ordinal);
            Assert.DoesNotContain(app.Emulator.Host.Authority, text, StringComparison.Ordinal);
            Assert.DoesNotContain(app.Emulator.Token, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_message_of_a_model_is_returned_without_hosts_of_workspaces()
    {
        foreach (var (route, body) in Requests())
        {
            await using var app = await OpenAIApp.StartAsync();
            app.Emulator.Endpoint(Model).Fails(
                400, "INVALID_PARAMETER_VALUE",
                $"See {app.Emulator.Host}a, https://ADB-1.2.azuredatabricks.net/b, dbc-1a2b3c4d-5e6f.cloud.databricks.com, " +
                "1.2.gcp.databricks.com, acme.cloud.databricks.com, acme.cloud.databricks.us, adb-1.2.databricks.azure.cn, " +
                "abc.serving.cloud.databricks.com/1, abc.3.serving.azuredatabricks.net, bot-1.aws.databricksapps.com and " +
                "https://docs.databricks.com.");

            using var response = await app.SendAsync(route, body);

            Assert.Equal(
                "The model rejected the request: See http://[host]/a, https://[host]/b, [host], [host], [host], [host], [host], " +
                "[host]/1, [host], [host] and https://docs.databricks.com.",
                (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["message"]);
        }
    }

    private static IEnumerable<(string Route, string Body)> Requests()
    {
        foreach (var stream in (string[])["false", "true"])
        {
            yield return ("chat/completions",
                $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"hi"}],"stream":{{stream}}}""");
            yield return ("responses", $$"""{"model":"{{Model}}","input":"hi","stream":{{stream}}}""");
        }
    }

    [Theory]
    [InlineData("embeddings", """{"model":"databricks-gte-large-en","input":"x"}""")]
    public async Task Embeddings_fail_alike(string route, string body)
    {
        await using var app = await OpenAIApp.StartAsync();
        app.Emulator.Endpoint("databricks-gte-large-en").Fails(429, "REQUEST_LIMIT_EXCEEDED");

        var (status, json) = await app.PostAsync(route, body);

        Assert.Equal((429, "rate_limit_error"), (status, (string?)json["error"]!["type"]));
    }

    [Fact]
    public async Task An_unknown_endpoint_is_an_unknown_model()
    {
        await using var app = await OpenAIApp.StartAsync();

        var (status, json) = await app.PostAsync("chat/completions", """{"model":"no-such","messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal((404, "model_not_found"), (status, (string?)json["error"]!["code"]));
    }

    [Theory, InlineData("cut"), InlineData("error event")]
    public async Task A_completion_that_fails_later_ends_with_an_error_and_no_end_marker(string failure)
    {
        await using var app = await OpenAIApp.StartAsync();
        Breaks(app, failure).Replies("One two three four five.");

        var events = await app.StreamAsync(
            "chat/completions", $$"""{"model":"{{Model}}","messages":[{"role":"user","content":"hi"}],"stream":true}""");

        Assert.Contains("\"content\":\"One\"", events[1], StringComparison.Ordinal);
        Assert.StartsWith("""{"error":{"message":""", events[^2], StringComparison.Ordinal);
        Assert.Equal("broken: ResponseEnded", events[^1]);
    }

    [Theory, InlineData("cut"), InlineData("error event")]
    public async Task A_response_that_fails_later_ends_with_an_error_and_its_state(string failure)
    {
        await using var app = await OpenAIApp.StartAsync();
        Breaks(app, failure).Replies("One two three four five.");

        var events = await app.StreamAsync("responses", $$"""{"model":"{{Model}}","input":"hi","stream":true}""");

        Assert.StartsWith("""{"type":"error","sequence_number":""", events[^3], StringComparison.Ordinal);
        Assert.StartsWith("""{"type":"response.failed","sequence_number":""", events[^2], StringComparison.Ordinal);
        Assert.Contains("\"status\":\"failed\",\"error\":{\"code\":", events[^2], StringComparison.Ordinal);
        Assert.Equal("broken: ResponseEnded", events[^1]);
    }

    private static EmulatedEndpoint Breaks(OpenAIApp app, string failure) => failure == "cut"
        ? app.Emulator.Endpoint(Model).CutsTheStreamAfter(3)
        : app.Emulator.Endpoint(Model).SendsErrorEvent(code: "INTERNAL_ERROR", message: "host adb-1 failed", afterEvents: 3);
}
