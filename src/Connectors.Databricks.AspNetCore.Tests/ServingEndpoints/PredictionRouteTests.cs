using System.Text.Json.Nodes;
using Connectors.Databricks.AspNetCore.Tests.Docs.Code;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

public class PredictionRouteTests
{
    [Theory]
    [InlineData(ServingApp.Rows)]
    [InlineData("""{"dataframe_records":[{"tenure":10,"monthly_charges":50},{"monthly_charges":100,"tenure":1}]}""")]
    [InlineData("""{"instances":[[10,50],[1,100]]}""")]
    [InlineData("""{"inputs":{"tenure":[10,1],"monthly_charges":[50,100]}}""")]
    [InlineData("""{"inputs":[{"tenure":10,"monthly_charges":50},{"tenure":1,"monthly_charges":100}]}""")]
    public async Task A_prediction_accepts_each_input_format(string body)
    {
        await using var app = await ServingApp.StartAsync();

        var (status, json) = await app.PostAsync(ServingApp.Predict, body);

        Assert.Equal((200, """{"endpoint":"churn-v1","predictions":[0.6,0.89]}"""), (status, json.ToJsonString()));
        var sent = JsonNode.Parse(Assert.Single(app.Emulator.Requests, request => request.Method == "POST").Body)!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), sent));
    }

    [Fact]
    public async Task Parameters_are_passed_on()
    {
        await using var app = await ServingApp.StartAsync();

        var (_, json) = await app.PostAsync(
            ServingApp.Predict, """{"inputs":{"tenure":[10,1],"monthly_charges":[50,100]},"params":{"decimals":1}}""");

        Assert.Equal("[0.6,0.9]", json["predictions"]!.ToJsonString());
    }

    [Fact]
    public async Task Numbers_are_passed_on_as_they_were_written()
    {
        await using var app = await ServingApp.StartAsync();

        await app.PostAsync(ServingApp.Predict, """{"inputs":{"tenure":[1e1,0.10],"monthly_charges":[50.00,12345678901234567890.5]}}""");

        Assert.Equal(
            """{"inputs":{"tenure":[1e1,0.10],"monthly_charges":[50.00,12345678901234567890.5]}}""",
            Assert.Single(app.Emulator.Requests, request => request.Method == "POST").Body);
    }

    [Fact]
    public async Task The_outputs_of_feature_serving_are_predictions()
    {
        await using var app = await ServingApp.StartAsync();
        app.Emulator.AddFeatureEndpoint("features");

        var (status, json) = await app.PostAsync(
            "/serving-endpoints/features/predict", """{"dataframe_records":[{"customer_id":"c-1"}]}""");

        Assert.Equal((200, "c-1"), (status, (string?)json["predictions"]![0]!["customer_id"]));
    }

    [Fact]
    public async Task A_batch_has_a_result_or_an_error_for_each_item()
    {
        await using var app = await ServingApp.StartAsync();

        var (status, json) = await app.PostAsync(
            ServingApp.BatchPredict,
            """
            {"items":[
              {"inputs":{"tenure":[10],"monthly_charges":[50]}},
              {"inputs":{"tenure":[10]}},
              {"rows":[]},
              7,
              {"inputs":{"tenure":[1],"monthly_charges":[100]},"params":{"decimals":1}}]}
            """);

        Assert.Equal(
            (200, """
                {"endpoint":"churn-v1","total":5,"failed":3,"results":[
                {"index":0,"predictions":[0.6]},
                {"index":1,"error":{"title":"Bad Request","status":400,"detail":"The input does not match the signature of the model.",
                "code":"invalid_input","errors":{"items[1].inputs.monthly_charges":["The column 'monthly_charges' is missing."]}}},
                {"index":2,"error":{"title":"Bad Request","status":400,"detail":"Unknown parameter: 'items[2].rows'.",
                "code":"unknown_parameter","errors":{"items[2].rows":["Unknown parameter: 'items[2].rows'."]}}},
                {"index":3,"error":{"title":"Bad Request","status":400,"detail":"Invalid 'items[3]': expected an object.",
                "code":"invalid_type","errors":{"items[3]":["Invalid 'items[3]': expected an object."]}}},
                {"index":4,"predictions":[0.9]}]}
                """.ReplaceLineEndings("")),
            (status, Plain(json.ToJsonString())));
        Assert.Equal(2, app.Count("POST", "/invocations"));
    }

    [Fact]
    public async Task An_item_that_fails_in_the_workspace_does_not_affect_the_others()
    {
        await using var app = await ServingApp.StartAsync(options =>
        {
            options.AllowAnyEndpoint = true;
            options.MaxConcurrentRequests = 1;
        });
        app.Emulator.Endpoint(ServingApp.Churn)
            .AnswersByItself().Fails(500, "INTERNAL_ERROR", "stack trace of host adb-1").AnswersByItself();
        const string item = """{"inputs":{"tenure":[10],"monthly_charges":[50]}}""";

        var (status, json) = await app.PostAsync(ServingApp.BatchPredict, $$"""{"items":[{{item}},{{item}},{{item}}]}""");

        Assert.Equal((200, 1), (status, (int)json["failed"]!));
        Assert.Equal(
            """[{"index":0,"predictions":[0.6]},{"index":1,"error":{"title":"Bad Gateway","status":502,"detail":"The model could not be called.","code":"upstream_error"}},{"index":2,"predictions":[0.6]}]""",
            json["results"]!.ToJsonString());
    }

    [Fact]
    public async Task The_app_sets_options_of_each_request()
    {
        await using var app = await ServingApp.StartAsync(options =>
        {
            options.AllowAnyEndpoint = true;
            options.ConfigureOptions = (context, prediction) => prediction.AdditionalProperties = new Dictionary<string, object?>
            {
                ["client_request_id"] = context.Request.Headers["X-Request"].ToString(),
            };
        });
        app.Http.DefaultRequestHeaders.Add("X-Request", "r-7");

        await app.PostAsync(ServingApp.Predict, ServingApp.Rows);

        Assert.Equal("r-7", (string?)JsonNode.Parse(
            Assert.Single(app.Emulator.Requests, request => request.Method == "POST").Body)!["client_request_id"]);
    }

    [Fact]
    public async Task Only_the_credential_of_the_app_reaches_the_workspace()
    {
        await using var app = await ServingApp.StartAsync();
        app.Http.DefaultRequestHeaders.Authorization = new("Bearer", "key-of-the-client");

        await app.PostAsync(ServingApp.Predict, ServingApp.Rows);

        Assert.All(app.Emulator.Requests, request => Assert.Equal($"Bearer {app.Emulator.Token}", request.Headers["Authorization"]));
    }

    [Fact]
    public async Task Anonymous_callers_are_rejected_on_every_route()
    {
        await using var app = await ServingApp.StartAsync(
            services: services =>
            {
                services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", null);
                services.AddAuthorization();
            },
            convention: routes => routes.RequireAuthorization());

        using var list = await app.Http.GetAsync(new Uri("/serving-endpoints", UriKind.Relative));
        using var one = await app.Http.GetAsync(new Uri("/serving-endpoints/churn-v1", UriKind.Relative));
        using var predict = await app.SendAsync(ServingApp.Predict, "{");
        using var batch = await app.SendAsync(ServingApp.BatchPredict, "{");

        Assert.All(new[] { list, one, predict, batch }, response => Assert.Equal(401, (int)response.StatusCode));
        Assert.Empty(app.Emulator.Requests);
    }

    [Fact]
    public async Task Rate_limiting_of_the_app_applies()
    {
        await using var app = await ServingApp.StartAsync(
            services: services => services.AddRateLimiter(options =>
            {
                options.RejectionStatusCode = 429;
                options.AddFixedWindowLimiter("one", limiter => (limiter.PermitLimit, limiter.Window) = (1, TimeSpan.FromHours(1)));
            }),
            convention: routes => routes.RequireRateLimiting("one"),
            middleware: application => application.UseRateLimiter());

        Assert.Equal(200, (await app.PostAsync(ServingApp.Predict, ServingApp.Rows)).Status);
        using var second = await app.SendAsync(ServingApp.Predict, ServingApp.Rows);
        Assert.Equal(429, (int)second.StatusCode);
    }

    [Theory, InlineData(false, 1), InlineData(true, 0)]
    public async Task Routes_without_authorization_are_a_warning_at_start(bool allowsAnonymous, int warnings)
    {
        using var log = new FakeLoggerProvider();
        await using var app = await ServingApp.StartAsync(
            services: services => services.AddSingleton<ILoggerProvider>(log),
            convention: routes => _ = allowsAnonymous ? routes.AllowAnonymous() : routes);

        Assert.Equal(
            warnings,
            log.Collector.GetSnapshot().Count(record =>
                record.Level == LogLevel.Warning && record.Message.Contains("'/serving-endpoints'", StringComparison.Ordinal)));
    }

    private static string Plain(string json) => json.Replace("\\u0027", "'", StringComparison.Ordinal);
}
