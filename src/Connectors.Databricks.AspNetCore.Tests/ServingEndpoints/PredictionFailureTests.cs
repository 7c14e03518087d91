using System.Text.Json.Nodes;
using Connectors.Databricks.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

public class PredictionFailureTests
{
    private static readonly Dictionary<string, Action<EmulatedEndpoint>> Failures = new()
    {
        ["stopped"] = endpoint => endpoint.Stops(),
        ["throttled"] = endpoint => endpoint.Fails(429, "REQUEST_LIMIT_EXCEEDED", retryAfter: TimeSpan.FromSeconds(7)),
        ["invalid"] = endpoint => endpoint.Fails(400, "BAD_REQUEST", "Bad text of host adb-1"),
        ["forbidden"] = endpoint => endpoint.Fails(403, "PERMISSION_DENIED", "You have no permission on host adb-1."),
        ["broken"] = endpoint => endpoint.Fails(500, "INTERNAL_ERROR", "stack trace of host adb-1"),
        ["overloaded"] = endpoint => endpoint.Fails(503, "TEMPORARILY_UNAVAILABLE"),
        ["timeout"] = endpoint => endpoint.Fails(504, "DEADLINE_EXCEEDED", "The host adb-1 timed out."),
        ["dropped"] = endpoint => endpoint.DropsTheConnection(),
        ["html"] = endpoint => endpoint.ReturnsHtmlLogin(200),
    };

    [Theory]
    [InlineData("stopped", 400, "endpoint_not_ready")]
    [InlineData("throttled", 429, "rate_limit_exceeded")]
    [InlineData("invalid", 400, "invalid_request")]
    [InlineData("forbidden", 502, "upstream_error")]
    [InlineData("broken", 502, "upstream_error")]
    [InlineData("overloaded", 503, "overloaded")]
    [InlineData("timeout", 504, "timeout")]
    [InlineData("dropped", 502, "upstream_error")]
    [InlineData("html", 502, "upstream_error")]
    public async Task A_failure_is_a_problem_without_texts_of_the_workspace(string failure, int status, string code)
    {
        using var log = new FakeLoggerProvider();
        await using var app = await ServingApp.StartAsync(services: services => services.AddSingleton<ILoggerProvider>(log));
        Failures[failure](app.Emulator.Endpoint(ServingApp.Churn));

        using var response = await app.SendAsync(ServingApp.Predict, ServingApp.Rows);
        var text = await response.Content.ReadAsStringAsync();

        var problem = JsonNode.Parse(text)!;
        Assert.Equal((status, status, code), ((int)response.StatusCode, (int)problem["status"]!, (string?)problem["code"]));
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(failure == "throttled" ? TimeSpan.FromSeconds(7) : null, response.Headers.RetryAfter?.Delta);
        var logged = string.Concat(log.Collector.GetSnapshot().Where(record => record.Category == "Connectors.Databricks.AspNetCore")
            .Select(record => record.Message));
        foreach (var secret in (string[])["adb-1", app.Emulator.Host.Authority, app.Emulator.Token])
        {
            Assert.DoesNotContain(secret, text + logged + response.Headers, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_state_of_an_endpoint_that_is_not_ready_is_in_the_problem()
    {
        await using var app = await ServingApp.StartAsync();
        app.Emulator.Endpoint(ServingApp.Churn).BeginsToDeploy();
        foreach (var path in (string[])[ServingApp.Predict, ServingApp.BatchPredict])
        {
            var (status, json) = await app.PostAsync(
                path, path == ServingApp.Predict ? ServingApp.Rows : $$"""{"items":[{{ServingApp.Rows}}]}""");

            Assert.Equal(
                (400, """{"title":"Bad Request","status":400,"detail":"The endpoint is not ready; its state is \u0027inProgress\u0027.","code":"endpoint_not_ready"}"""),
                (status, json.ToJsonString()));
        }

        Assert.DoesNotContain(app.Emulator.Requests, request => request.Method == "POST");
    }

    [Fact]
    public async Task The_message_of_the_model_is_included_if_the_app_allows_it()
    {
        await using var app = await ServingApp.StartAsync(options => options.AllowAnyEndpoint = options.IncludeServiceMessages = true);
        app.Emulator.Endpoint(ServingApp.Churn).Fails(400, "BAD_REQUEST", "Model is missing inputs ['plan'].");

        var (_, json) = await app.PostAsync(ServingApp.Predict, ServingApp.Rows);

        Assert.Equal("The model rejected the request: Model is missing inputs ['plan'].", (string?)json["detail"]);
    }

    [Theory]
    [InlineData("/serving-endpoints"), InlineData("/serving-endpoints/churn-v1")]
    public async Task A_workspace_that_cannot_be_reached_is_a_bad_gateway(string path)
    {
        await using var app = await ServingApp.StartAsync(serving: options => options.Host = new Uri("http://127.0.0.1:1"));

        var (status, json) = await app.GetAsync(path);

        Assert.Equal((502, "upstream_error"), (status, (string?)json["code"]));
        Assert.DoesNotContain("127.0.0.1", json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_endpoint_whose_signature_cannot_be_read_is_called_without_validation()
    {
        using var client = new PausingServingClient(new DatabricksServingException("host adb-1"));
        client.Continue();
        await using var app = await ServingApp.StartAsync(client);

        var (status, json) = await app.PostAsync(ServingApp.Predict, """{"dataframe_records":[{"tenure":"x"}]}""");

        Assert.Equal((200, """{"endpoint":"churn-v1","predictions":[1]}"""), (status, json.ToJsonString()));
    }

    [Fact]
    public async Task Failures_of_the_app_are_left_to_its_exception_handler()
    {
        await using var app = await ServingApp.StartAsync(
            options =>
            {
                options.AllowAnyEndpoint = true;
                options.ConfigureOptions = (_, _) => throw new InvalidOperationException("connection string");
            },
            services => services.AddProblemDetails(),
            middleware: application => application.UseExceptionHandler());
        foreach (var path in (string[])[ServingApp.Predict, ServingApp.BatchPredict])
        {
            var (status, json) = await app.PostAsync(
                path, path == ServingApp.Predict ? ServingApp.Rows : $$"""{"items":[{{ServingApp.Rows}}]}""");

            Assert.Equal(500, status);
            Assert.DoesNotContain("connection string", json.ToJsonString(), StringComparison.Ordinal);
        }
    }
}
