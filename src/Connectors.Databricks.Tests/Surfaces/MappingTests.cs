using System.Net;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>A legacy name that the workspace refuses is mapped by the workspace's own data, once.</summary>
public class MappingTests
{
    private const string Invocations = $"POST /serving-endpoints/{Legacy}/invocations";
    private const string View = $"GET /api/2.0/serving-endpoints/{Legacy}";
    private const string List = "GET /api/2.1/unity-catalog/model-services?page_size=100&view=FULL";
    private const string Gateway = "POST /ai-gateway/mlflow/v1/chat/completions";

    [Fact]
    public async Task The_service_named_like_the_model_takes_the_call()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).Services(("main.x.other", Service),
            (Service, "system.ai.whatever"));

        var response = await workspace.Ask(Legacy);

        Assert.Equal([Invocations, View, List, $"{Gateway} {Service}"], workspace.Requests);
        var adjustment = Assert.Single(response.GetRequestAdjustments());
        Assert.Equal(
            new DatabricksRequestAdjustment(
                "model", $"sent to the model service '{Service}' on Unity Gateway",
                "the workspace requires Unity Gateway for it (pay_per_token_disabled)", affectsAnswer: false),
            adjustment);
    }

    [Fact]
    public async Task Else_the_one_service_with_a_destination_that_names_the_model()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model).Services(("system.ai.claude", "system.ai.other"),
            (Service, Model));

        await workspace.Ask(Legacy);

        Assert.Equal($"{Gateway} {Service}", workspace.Requests[^1]);
    }

    [Fact]
    public async Task Several_are_listed_and_none_is_chosen()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model).Services((Service, Model),
            ("main.prod.assistant", Model));

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Contains(
            $"Several model services route to '{Model}': 'main.prod.assistant', '{Service}'. Pass one of them instead of the endpoint " +
            "name.",
            failure.Message, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.Forbidden, "PERMISSION_DENIED", DatabricksServingErrorKind.PayPerTokenDisabled, false),
            (failure.StatusCode!.Value, failure.ErrorCode, failure.Kind, failure.IsTransient));
        Assert.DoesNotContain("CAN_QUERY", failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, workspace.Requests.Count);
    }

    [Fact]
    public async Task None_is_said_with_the_model()
    {
        var workspace = new GatewayDouble().Enforces().Endpoint(Legacy, Model).Services(("main.prod.assistant", "system.ai.other"));

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Contains($"The endpoint serves '{Model}', and no model service that this token can list routes to it.", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_destination_names_nothing()
    {
        var workspace = new GatewayDouble().Enforces().Endpoint(Legacy, Model).On("GET /api/2.1/", HttpStatusCode.OK, $$$$"""
            {"model_services":[{"name":"model-services/a.b.c","config":{"routing":{"destinations":[
              {"pay_per_token_config":{"model":"models/{{{{Model}}}}"},"is_deleted":true}]}}}]}
            """);

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Contains("no model service that this token can list routes to it", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_listing_is_not_allowed_the_answer_of_the_name_decides()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).MayNotList();
        var chat = workspace.Client().GetChatClient(Legacy);

        await chat.GetResponseAsync(Some.Question());
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal([Invocations, View, List, $"{Gateway} {Service}", $"{Gateway} {Service}"], workspace.Requests);
    }

    [Fact]
    public async Task A_name_that_does_not_answer_there_is_the_refusal_again()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model).MayNotList();
        var chat = workspace.Client().GetChatClient(Legacy);

        var failure = await Failure.Of(chat);
        await Failure.Of(chat);

        Assert.Contains($"The endpoint serves '{Model}', which this token cannot call as a model service", failure.Message,
            StringComparison.Ordinal);
        Assert.Equal(DatabricksServingErrorKind.PayPerTokenDisabled, failure.Kind);
        Assert.Equal(
            DatabricksServingErrorKind.ModelServiceNotFound, Assert.IsType<DatabricksServingException>(failure.InnerException).Kind);
        Assert.Equal([Invocations, View, List, $"{Gateway} {Model}", Invocations], workspace.Requests);
    }

    [Fact]
    public async Task A_token_that_may_neither_list_nor_view_gets_a_clear_answer()
    {
        var workspace = new GatewayDouble().Enforces(Service).MayNotView().MayNotList();

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Contains(
            "Its model service could not be found, because neither the endpoint (403 PERMISSION_DENIED) nor the list of model services " +
            "(403 PERMISSION_DENIED) can be " +
            "read. Pass the name of the model service instead of the endpoint name.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_may_only_list_gets_names_to_choose_from()
    {
        var workspace = new GatewayDouble().Enforces(Service).MayNotView().Services((Service, Model));

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Contains($"Pass the name of a model service, such as '{Service}'.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throughput_endpoint_is_mapped_by_its_destination_alone()
    {
        var workspace = new GatewayDouble().Gateway(Service).Endpoint(Legacy, Service)
            .On("POST /serving-endpoints/", HttpStatusCode.Forbidden,
                """{"error_code":"PERMISSION_DENIED","message":"Querying provisioned throughput endpoint directly is disabled. Please use Unity Gateway."}""")
            .Services((Service, Service));

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Equal(DatabricksServingErrorKind.ProvisionedThroughputDisabled, failure.Kind);
        Assert.Contains($"No model service that this token can list routes to the endpoint '{Legacy}'", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_throughput_destination_is_found()
    {
        var workspace = new GatewayDouble().Gateway("a.b.c").Endpoint(Legacy, Service)
            .On("POST /serving-endpoints/", HttpStatusCode.Forbidden,
                """{"error_code":"PERMISSION_DENIED","message":"Querying provisioned throughput endpoint directly is disabled. Please use Unity Gateway."}""")
            .On("GET /api/2.1/", HttpStatusCode.OK, $$$$"""
                {"model_services":[{"name":"model-services/a.b.c","config":{"routing":{"destinations":[
                  {"provisioned_throughput_config":{"model_serving_endpoint":"serving-endpoints/{{{{Legacy}}}}","model":"models/x.y.z"}}]}}}]}
                """);

        await workspace.Ask(Legacy);

        Assert.Equal($"{Gateway} a.b.c", workspace.Requests[^1]);
    }

    [Fact]
    public async Task Later_calls_cost_no_request_and_the_warning_comes_once()
    {
        var logs = new FakeLoggerFactory();
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).Services((Service, Model));
        var serving = workspace.Client(options => options.LoggerFactory = logs);

        await serving.GetChatClient(Legacy).GetResponseAsync(Some.Question());
        var before = workspace.Requests.Count;
        var second = await serving.GetChatClient(Legacy).GetResponseAsync(Some.Question());
        await Exchange.Collect(serving.GetChatClient("x"), new ChatOptions { ModelId = Legacy });

        Assert.Equal(before + 2, workspace.Requests.Count);
        Assert.Single(second.GetRequestAdjustments());
        Assert.Equal([
            $"Warning: Calls to '{Legacy}' are sent to the model service '{Service}' on Unity Gateway, because the workspace requires " +
            "Unity Gateway for it " +
            "(pay_per_token_disabled). Logged once while the mapping is kept; every response reports it."], logs.Collector.Shown());
    }

    [Fact]
    public async Task Concurrent_first_calls_negotiate_once()
    {
        var refused = 0;
        var all = new TaskCompletionSource();
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).Services((Service, Model));
        workspace.Before = line =>
        {
            if (line == Invocations && Interlocked.Increment(ref refused) == 8)
            {
                all.SetResult();
            }

            return line == Invocations ? all.Task : Task.CompletedTask;
        };
        var serving = workspace.Client();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => serving.GetChatClient(Legacy).GetResponseAsync(Some.Question())));

        Assert.Single(workspace.Requests, View);
        Assert.Single(workspace.Requests, List);
        Assert.Equal(8, workspace.Requests.Count(request => request == $"{Gateway} {Service}"));
    }

    [Fact]
    public async Task A_service_that_is_gone_is_learned_again()
    {
        string[] served = [Service];
        var workspace = new GatewayDouble().Enforces();
        workspace.Answers.Insert(0, (Gateway, body => served.Any(name => body.Contains($"\"{name}\"", StringComparison.Ordinal))
            ? (HttpStatusCode.OK, Some.ChatBody)
            : (HttpStatusCode.NotFound, """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"gone"}""")));
        workspace.Answers.Add((List, _ => (HttpStatusCode.OK, Page(null, [.. served.Select(name => (name, Model))]))));
        workspace.Endpoint(Legacy, Model);
        var chat = workspace.Client().GetChatClient(Legacy);
        await chat.GetResponseAsync(Some.Question());

        served = ["main.prod.next"];
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal([$"{Gateway} {Service}", Invocations, View, List, $"{Gateway} main.prod.next"], workspace.Requests.Skip(4));
    }

    [Fact]
    public async Task Never_maps_nothing()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).Services((Service, Model));

        var failure = await Failure.Of(workspace.Client(options => options.Gateway = DatabricksGatewayMode.Never).GetChatClient(Legacy));

        Assert.Equal([Invocations], workspace.Requests);
        Assert.Contains("leave DatabricksServingOptions.Gateway at Auto", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fallback_goes_on_where_nothing_was_mapped()
    {
        var workspace = new GatewayDouble().Enforces(Service).MayNotView().MayNotList();
        workspace.Answers.Insert(0, ("POST /serving-endpoints/other/", _ => (HttpStatusCode.OK, Some.ChatBody)));

        var response = await workspace.Client().GetFallbackChatClient([Legacy, "other"]).GetResponseAsync(Some.Question());

        Assert.Equal("Hi.", response.Text);
        Assert.Equal([Invocations, View, List, "POST /serving-endpoints/other/invocations"], workspace.Requests);
    }
}
