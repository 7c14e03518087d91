using System.Net;
using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>
/// A workspace without Unity Gateway, such as a sovereign cloud's: a model service is mapped the other way, or fails with true advice.
/// </summary>
public class NoGatewayTests
{
    private const string Gateway = "POST /ai-gateway/mlflow/v1/chat/completions";

    [Theory]
    [InlineData("ENDPOINT_NOT_FOUND")]
    [InlineData("FEATURE_DISABLED")]
    public async Task The_serving_endpoint_of_the_model_takes_the_call(string code)
    {
        var workspace = new GatewayDouble().HasNoGateway(code).Endpoints(("other", "system.ai.other"), (Legacy, Service))
            .On("POST /serving-endpoints/", HttpStatusCode.OK, Some.ChatBody);
        var chat = workspace.Client().GetChatClient(Service);

        var response = await chat.GetResponseAsync(Some.Question());
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal(
            [$"{Gateway} {Service}", "GET /api/2.0/serving-endpoints", $"POST /serving-endpoints/{Legacy}/invocations",
                $"POST /serving-endpoints/{Legacy}/invocations"],
            workspace.Requests);
        Assert.Equal($"sent to the serving endpoint '{Legacy}'", Assert.Single(response.GetRequestAdjustments()).Change);
    }

    [Fact]
    public async Task Unity_Catalog_may_know_the_model_behind_the_service()
    {
        var workspace = new GatewayDouble().HasNoGateway().Endpoints((Legacy, Model))
            .On($"GET /api/2.1/unity-catalog/model-services/{Service}", HttpStatusCode.OK, $$"""
                {"name":"model-services/{{Service}}","config":{"routing":{"destinations":[ {"pay_per_token_config":{"model":"models/{{Model}}" } } ] } } }
                """)
            .On("POST /serving-endpoints/", HttpStatusCode.OK, Some.ChatBody);

        await workspace.Ask(Service);

        Assert.Equal(
            [$"GET /api/2.1/unity-catalog/model-services/{Service}", $"POST /serving-endpoints/{Legacy}/invocations"],
            workspace.Requests.TakeLast(2));
    }

    [Fact]
    public async Task None_or_several_are_listed()
    {
        var none = await Failure
            .Of(new GatewayDouble().HasNoGateway().Endpoints((Legacy, Model)).MayNotList().Client().GetChatClient(Service));
        var several = await Failure
            .Of(new GatewayDouble().HasNoGateway().Endpoints(("a", Service), ("b", Service)).Client().GetChatClient(Service));

        Assert.Equal(
            (DatabricksServingErrorKind.GatewayUnavailable, HttpStatusCode.NotFound, "ENDPOINT_NOT_FOUND"),
                (none.Kind, none.StatusCode!.Value, none.ErrorCode));
        Assert.Contains($"none of its serving endpoints serves '{Service}'. Pass the name of a serving endpoint, such as '{Legacy}'.",
            none.Message, StringComparison.Ordinal);
        Assert.Contains($"several serving endpoints serve '{Service}': 'a', 'b'.", several.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_may_not_list_gets_a_clear_answer()
    {
        var failure = await Failure.Of(new GatewayDouble().HasNoGateway().MayNotView().Client().GetChatClient(Service));

        Assert.Contains(
            "The workspace has no Unity Gateway, and its serving endpoints could not be listed (403 PERMISSION_DENIED). Pass the name of " +
            "a serving endpoint",
            failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "RESOURCE_DOES_NOT_EXIST")]
    [InlineData(HttpStatusCode.NotFound, "NOT_FOUND")]
    public async Task An_unknown_service_is_no_missing_gateway(HttpStatusCode status, string code)
    {
        var workspace = new GatewayDouble().On("POST /ai-gateway/", status,
            $$"""{"error_code":"{{code}}","message":"Model service 'x' does not exist."}""");

        var failure = await Failure.Of(workspace.Client().GetChatClient(Service));

        Assert.Equal(DatabricksServingErrorKind.ModelServiceNotFound, failure.Kind);
        Assert.Single(workspace.Requests);
    }
}
