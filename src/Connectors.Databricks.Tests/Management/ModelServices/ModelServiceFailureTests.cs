using System.Net;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>What fails says what was being done, what came back and what to try; and only what is safe is repeated.</summary>
public class ModelServiceFailureTests
{
    private static ModelServiceDefinition Definition { get; } =
        new("main.ai.chat", ModelServiceConfig.To(ModelServiceDestination.ToModel("a", "system.ai.x")));

    [Theory]
    [InlineData(403, "PERMISSION_DENIED", "permission_denied",
        "Ask for EXECUTE or READ_METADATA on the model service, and for USE CATALOG and USE SCHEMA on its catalog and schema. OAuth " +
        "tokens need the scope unity-catalog.")]
    [InlineData(404, "RESOURCE_DOES_NOT_EXIST", "model_service_not_found",
        "Check the name against ListAsync. A service is also reported as missing without EXECUTE or READ_METADATA on it, or without USE " +
        "CATALOG and USE SCHEMA on its catalog and schema.")]
    [InlineData(404, "ENDPOINT_NOT_FOUND", "gateway_unavailable",
        "The workspace has no Unity Gateway, or it is not enabled: manage serving endpoints instead.")]
    [InlineData(404, "FEATURE_DISABLED", "gateway_unavailable",
        "The workspace has no Unity Gateway, or it is not enabled: manage serving endpoints instead.")]
    [InlineData(429, "REQUEST_LIMIT_EXCEEDED", "rate_limited",
        "Wait, and send fewer requests: the management API has a rate limit of its own.")]
    [InlineData(503, "TEMPORARILY_UNAVAILABLE", "service_failure", "Try again.")]
    public async Task A_read_explains_its_failure(int status, string code, string kind, string hint)
    {
        var exception = await Managing.Fails(
            new VerbatimService { HasModelServices = true }
                .Answers($$"""{"error_code":"{{code}}","message":"No."}""", (HttpStatusCode)status),
            management => management.ModelServices.GetAsync("main.ai.chat"));

        Assert.StartsWith($"Getting model service 'main.ai.chat' failed: {status} ", exception.Message, StringComparison.Ordinal);
        Assert.EndsWith($", {code}: \"No.\" {hint}", exception.Message, StringComparison.Ordinal);
        Assert.Equal((kind, "main.ai.chat"), (exception.Kind.Value, exception.EndpointName));
    }

    [Theory]
    [InlineData(403, "PERMISSION_DENIED",
        "Ask for CREATE SERVICE and USE SCHEMA on the schema, USE CATALOG on the catalog, and EXECUTE on each destination. OAuth tokens " +
        "need the scope unity-catalog.")]
    [InlineData(404, "SCHEMA_DOES_NOT_EXIST",
        "Check the schema and what the destinations refer to. They are also reported as missing without USE CATALOG and USE SCHEMA.")]
    [InlineData(404, "ENDPOINT_NOT_FOUND", "The workspace has no Unity Gateway, or it is not enabled: manage serving endpoints instead.")]
    [InlineData(409, "RESOURCE_ALREADY_EXISTS",
        "Use another name, or CreateIfNotExistsAsync, which returns the existing service. Model provider services share the names.")]
    [InlineData(400, "INVALID_PARAMETER_VALUE",
        "Compare the request with the service's message; a member that the service does not know may come from AdditionalProperties.")]
    public async Task A_creation_explains_its_failure(int status, string code, string hint) => Assert.EndsWith(
        hint,
        (await Managing.Fails(
            new VerbatimService { HasModelServices = true }
                .Answers($$"""{"error_code":"{{code}}","message":"No."}""", (HttpStatusCode)status),
            management => management.ModelServices.CreateAsync(Definition))).Message,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_scope_is_told_from_a_missing_permission() => Assert.Equal(
        DatabricksServingErrorKind.MissingScope,
        (await Managing.Fails(
            new VerbatimService { HasModelServices = true }.Answers(
                """{"error_code":403,"message":"Provided OAuth token does not have required scopes: unity-catalog [ReqId: x]"}""",
                HttpStatusCode.Forbidden),
            management => management.ModelServices.GetAsync("main.ai.chat"))).Kind);

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"name\":\"\"}")]
    [InlineData("{\"name\":7}")]
    [InlineData("{\"name\":{}}")]
    [InlineData("{\"name\":\"model-services/main.ai.chat\"")]
    [InlineData("OK")]
    [InlineData("")]
    public async Task A_response_that_is_no_model_service_is_no_result(string body)
    {
        var read = await Record.ExceptionAsync(() => Client(body).GetAsync("main.ai.chat"));
        var created = await Record.ExceptionAsync(() => Client(body).CreateAsync(Definition));
        var updated = await Record.ExceptionAsync(() => Client(body).UpdateRateLimitsAsync("main.ai.chat", []));

        // A name that is a number is read as text, as everywhere in this package.
        if (body == "{\"name\":7}")
        {
            Assert.All([read, created, updated], Assert.Null);
        }
        else
        {
            Assert.All([read, created, updated], exception => Assert.Equal(
                DatabricksServingErrorKind.InvalidResponse, Assert.IsType<DatabricksServingException>(exception).Kind));
        }

        static ModelServicesClient Client(string body) => new VerbatimService { HasModelServices = true }
            .Answers(body).Client().GetManagementClient().ModelServices;
    }

    [Fact]
    public async Task What_has_one_effect_however_often_it_is_sent_is_retried_and_nothing_else()
    {
        var read = new ModelService { ResourceName = "model-services/main.ai.chat", Etag = "e" };
        var retried = new Dictionary<string, Func<ModelServicesClient, Task>>
        {
            ["get"] = services => services.GetAsync("main.ai.chat"),
            ["list"] = services => services.ListAsync(),
            ["update"] = services => services.UpdateAsync(read with { Etag = null }, [ModelServiceFields.Comment]),
            ["grant"] = services => services.Grants.GrantExecuteAsync("main.ai.chat", "a"),
            ["create"] = services => services.CreateAsync(Definition),
            ["delete"] = services => services.DeleteAsync("main.ai.chat"),
            ["conditional update"] = services => services.UpdateAsync(read, [ModelServiceFields.Comment]),
        };
        List<string> sent = [];
        foreach (var (name, call) in retried)
        {
            var clock = new FakeClock();
            var service = new VerbatimService { HasModelServices = true }.Answers("{}", HttpStatusCode.GatewayTimeout)
                .Answers("{}", HttpStatusCode.GatewayTimeout);
            var client = service.Client(options =>
            {
                options.TimeProvider = clock;
                options.Resilience = new DatabricksResilienceOptions();
                options.Resilience.Retry!.MaxRetryAttempts = 1;
            });
            await Record.ExceptionAsync(() => Managing.Elapse(clock, Wrap(call(client.GetManagementClient().ModelServices))));
            sent.Add($"{name} {service.Sent.Count}");
        }

        Assert.Equal(["get 2", "list 2", "update 2", "grant 2", "create 1", "delete 1", "conditional update 1"], sent);

        static async Task<bool> Wrap(Task task)
        {
            await task;
            return true;
        }
    }

    [Fact]
    public async Task A_total_timeout_ends_a_call()
    {
        var clock = new FakeClock();
        var client = new VerbatimService { HasModelServices = true }.NeverAnswers().Client(options =>
        {
            options.TimeProvider = clock;
            options.TotalTimeout(TimeSpan.FromSeconds(30));
        });

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Managing.Elapse(clock, client.GetManagementClient().ModelServices.GetAsync("main.ai.chat")));

        Assert.Equal(DatabricksServingErrorKind.Timeout, exception.Kind);
        Assert.IsType<TimeoutException>(exception.InnerException);
    }

    [Fact]
    public async Task Cancellation_ends_a_call()
    {
        using var stop = new CancellationTokenSource();
        var services = new VerbatimService { HasModelServices = true }.NeverAnswers().Client().GetManagementClient().ModelServices;
        var call = services.ListAsync(cancellationToken: stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
    }
}
