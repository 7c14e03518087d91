using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.Chat;

/// <summary>Failures before the first event are ProblemDetails, with the same status for a stream and for a document.</summary>
public class ChatFailureTests
{
    private static readonly Dictionary<string, Action<EmulatedEndpoint>> Failures = new()
    {
        ["throttled"] = endpoint => endpoint.Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromSeconds(7)),
        ["invalid"] = endpoint => endpoint.Fails(400, "INVALID_PARAMETER_VALUE", "Bad text of host adb-1: hi"),
        ["forbidden"] = endpoint => endpoint.Fails(403, "PERMISSION_DENIED", "You have no permission on host adb-1."),
        ["expired"] = endpoint => endpoint.ExpiresTokens(401),
        ["missing"] = endpoint => endpoint.Fails(404, "ENDPOINT_NOT_FOUND", "The endpoint does not exist on host adb-1."),
        ["broken"] = endpoint => endpoint.Fails(500, "INTERNAL_ERROR", "stack trace of host adb-1"),
        ["overloaded"] = endpoint => endpoint.Fails(503, "TEMPORARILY_UNAVAILABLE"),
        ["gateway timeout"] = endpoint => endpoint.Fails(504, "DEADLINE_EXCEEDED"),
        ["dropped"] = endpoint => endpoint.DropsTheConnection(),
        ["guardrail"] = endpoint => endpoint.BlocksByGuardrail(onOutput: false, pii: false),
        ["budget"] = endpoint => endpoint.ExhaustsBudget(),
        ["html"] = endpoint => endpoint.ReturnsHtmlLogin(200),
    };

    [Theory]
    [InlineData("throttled", 429, "rate_limit_exceeded")]
    [InlineData("invalid", 400, "invalid_request")]
    [InlineData("forbidden", 502, "upstream_error")]
    [InlineData("expired", 502, "upstream_error")]
    [InlineData("missing", 404, "endpoint_not_found")]
    [InlineData("broken", 502, "upstream_error")]
    [InlineData("overloaded", 503, "overloaded")]
    [InlineData("gateway timeout", 504, "timeout")]
    [InlineData("dropped", 502, "upstream_error")]
    [InlineData("guardrail", 400, "content_filter")]
    [InlineData("budget", 429, "insufficient_quota")]
    [InlineData("html", 502, "upstream_error")]
    public async Task A_failure_is_a_problem_without_texts_of_the_workspace(string failure, int status, string code)
    {
        foreach (var accept in (string?[])[null, "application/json"])
        {
            using var log = new FakeLoggerProvider();
            await using var app = await ChatApp.StartAsync(services: services => services.AddSingleton<ILoggerProvider>(log));
            Failures[failure](app.Emulator.Endpoint(ChatApp.Model));

            using var response = await app.SendAsync("/chat", ChatApp.Question, accept);
            var text = await response.Content.ReadAsStringAsync();

            var problem = JsonNode.Parse(text)!;
            Assert.Equal(
                (status, status, code), ((int)response.StatusCode, (int)problem["status"]!, (string?)problem["code"]));
            Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal(failure == "throttled" ? TimeSpan.FromSeconds(7) : null, response.Headers.RetryAfter?.Delta);
            var logged = Assert.Single(
                log.Collector.GetSnapshot(), record => record.Message.Contains("the call failed", StringComparison.Ordinal)).Message;
            foreach (var secret in (string[])["adb-1", app.Emulator.Host.Authority, app.Emulator.Token])
            {
                Assert.DoesNotContain(secret, text + logged + response.Headers, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task The_message_of_the_service_is_included_if_the_app_allows_it()
    {
        await using var app = await ChatApp.StartAsync(options =>
        {
            options.Endpoints.Add(ChatApp.Model);
            options.IncludeServiceMessages = true;
        });
        app.Emulator.Endpoint(ChatApp.Model).Fails(400, "INVALID_PARAMETER_VALUE", "The text is too long.");

        var (_, json) = await app.PostAsync("/chat", ChatApp.Question);

        Assert.Equal("The model rejected the request: The text is too long.", (string?)json["detail"]);
    }

    [Fact]
    public async Task The_message_of_the_service_has_no_host()
    {
        await using var app = await ChatApp.StartAsync(options =>
        {
            options.Endpoints.Add(ChatApp.Model);
            options.IncludeServiceMessages = true;
        });
        app.Emulator.Endpoint(ChatApp.Model).Fails(400, "INVALID_PARAMETER_VALUE", $"See {app.Emulator.Host}.");

        var (_, json) = await app.PostAsync("/chat", ChatApp.Question);

        Assert.Equal("The model rejected the request: See http://[host]/.", (string?)json["detail"]);
    }

    [Fact]
    public async Task A_credential_that_is_missing_is_a_problem_without_its_settings()
    {
        await using var app = await ChatApp.StartAsync(serving: options => options.Credential = DatabricksCredential.FromTokenProvider(
            _ => ValueTask.FromException<DatabricksAccessToken>(new DatabricksCredentialException("vault adb-1"))));

        var (status, json) = await app.PostAsync("/chat", ChatApp.Question);

        Assert.Equal(502, status);
        Assert.DoesNotContain("adb-1", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_timeout_of_another_chat_client_is_a_gateway_timeout()
    {
        using var client = new ScriptedChatClient(new TaskCanceledException("host adb-1", new TimeoutException()));
        await using var app = await ChatApp.StartAsync(client);

        var (status, json) = await app.PostAsync("/chat", ChatApp.Question);

        Assert.Equal((504, "timeout"), (status, (string?)json["code"]));
    }

    [Fact]
    public async Task Failures_of_the_app_are_left_to_its_exception_handler()
    {
        using var client = new ScriptedChatClient(new InvalidOperationException("connection string"));
        await using var app = await ChatApp.StartAsync(
            options => options.UseRegisteredChatClient = true,
            services => services.AddSingleton<IChatClient>(client).AddProblemDetails(),
            middleware: application => application.UseExceptionHandler());

        var (status, json) = await app.PostAsync("/chat", ChatApp.Question, "application/json");

        Assert.Equal(500, status);
        Assert.DoesNotContain("connection string", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory, InlineData(null), InlineData("application/json"), InlineData("text/event-stream")]
    public async Task The_app_can_customize_problems(string? accept)
    {
        await using var app = await ChatApp.StartAsync(services: services => services.AddProblemDetails(options =>
            options.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["app"] = "shop"));

        var (status, json) = await app.PostAsync("/chat", """{"messages":7}""", accept);

        // The service of the app declines a client that accepts events only.
        Assert.Equal((400, accept == "text/event-stream" ? null : "shop"), (status, (string?)json["app"]));
        Assert.Equal("Invalid 'messages': expected an array.", (string?)json["errors"]!["messages"]![0]);
        Assert.Equal("invalid_type", (string?)json["code"]);
    }
}
