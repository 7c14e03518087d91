using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>
/// With <see cref="DatabricksGatewayMode.Always"/>, foundation models are called on Unity Gateway only, and custom endpoints stay.
/// </summary>
public class AlwaysTests
{
    private const string Gateway = "POST /ai-gateway/mlflow/v1/chat/completions";

    [Fact]
    public async Task A_legacy_name_that_the_gateway_accepts_stays_there()
    {
        var workspace = new GatewayDouble().Gateway(Legacy);

        await Client(workspace).GetChatClient(Legacy).GetResponseAsync(Some.Question());

        Assert.Equal([$"{Gateway} {Legacy}"], workspace.Requests);
    }

    [Theory]
    [InlineData("'databricks-claude-sonnet-4-5' is no longer available. Use Unity Catalog model services (v3).")]
    [InlineData("Not here.")]
    public async Task A_501_means_a_legacy_name(string message)
    {
        var workspace = new GatewayDouble().Endpoint(Legacy, Model).Services((Service, Model));
        workspace.Answers.Insert(0, (Gateway, body => body.Contains($"\"{Service}\"", StringComparison.Ordinal)
            ? (HttpStatusCode.OK, Some.ChatBody)
            : (HttpStatusCode.NotImplemented, $$"""{"error_code":"NOT_IMPLEMENTED","message":"{{message}}"}""")));
        var chat = Client(workspace).GetChatClient(Legacy);

        await chat.GetResponseAsync(Some.Question());
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal(5, workspace.Requests.Count);
        Assert.Equal($"{Gateway} {Service}", workspace.Requests[^1]);
    }

    [Fact]
    public async Task A_custom_endpoint_stays_a_serving_endpoint()
    {
        var workspace = new GatewayDouble().Gateway().Endpoint("churn").On("POST /serving-endpoints/churn/invocations", HttpStatusCode.OK,
            Some.ChatBody);
        var chat = Client(workspace).GetChatClient("churn");

        var response = await chat.GetResponseAsync(Some.Question());
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal(
            [$"{Gateway} churn", "GET /api/2.0/serving-endpoints/churn", "POST /serving-endpoints/churn/invocations",
                "POST /serving-endpoints/churn/invocations"],
            workspace.Requests);
        Assert.Empty(response.GetRequestAdjustments());
    }

    [Fact]
    public async Task An_endpoint_that_may_be_a_foundation_model_never_leaves_the_gateway()
    {
        var workspace = new GatewayDouble().HasNoGateway().MayNotView();

        var failure = await Failure.Of(Client(workspace).GetChatClient(Legacy));

        Assert.Contains(
            "set it to Auto to call foundation models as serving endpoints. Whether this is one is unknown, because the endpoint could " +
            "not be read (403 PERMISSION_DENIED).", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(workspace.Requests, request => request.StartsWith("POST /serving-endpoints", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_custom_endpoint_is_called_without_a_gateway()
    {
        var workspace = new GatewayDouble().HasNoGateway().Endpoint("churn")
            .On("POST /serving-endpoints/churn/invocations", HttpStatusCode.OK, Some.ChatBody);

        await Client(workspace).GetChatClient("churn").GetResponseAsync(Some.Question());

        Assert.Equal("POST /serving-endpoints/churn/invocations", workspace.Requests[^1]);
    }

    [Fact]
    public async Task A_foundation_model_never_leaves_the_gateway()
    {
        var workspace = new GatewayDouble().HasNoGateway().Endpoint(Legacy, Model).MayNotList();

        var failure = await Failure.Of(Client(workspace).GetChatClient(Legacy));

        Assert.Equal(DatabricksServingErrorKind.GatewayUnavailable, failure.Kind);
        Assert.Contains(
            "failed: 404 Not Found, ENDPOINT_NOT_FOUND: \"No API found.\" The workspace has no Unity Gateway, or it is not enabled, and " +
            "DatabricksServingOptions.Gateway is Always: set it to Auto", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(workspace.Requests, request => request.StartsWith("POST /serving-endpoints", StringComparison.Ordinal));
    }

    private static DatabricksServingClient Client(GatewayDouble workspace) =>
        workspace.Client(options => options.Gateway = DatabricksGatewayMode.Always);
}
