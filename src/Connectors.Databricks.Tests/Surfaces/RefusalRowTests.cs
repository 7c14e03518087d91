using System.Net;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
using Kind = Connectors.Databricks.DatabricksServingErrorKind;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>
/// Every refusal of the serving reference §2.5, on each surface and for each kind of call: status, code and kind tell it apart, it is not
/// retried, and its advice is true for the surface.
/// </summary>
public class RefusalRowTests
{
    private const string Endpoint = "some-endpoint";
    private const string Service = "system.ai.some-model";

    private static readonly DatabricksChatOptions Responses = new() { Api = DatabricksChatApi.Responses };

    private static readonly Row[] Rows =
    [
        new(
            "pay-per-token", Endpoint, 403,
            Coded("PERMISSION_DENIED", "Querying pay-per-token foundation model endpoint 'x' is disabled for this workspace. Please use " +
                "Unity Gateway."),
            Kind.PayPerTokenDisabled, "pay-per-token models are served there only"),
        new(
            "throughput", Endpoint, 403,
            Coded("PERMISSION_DENIED", "Querying provisioned throughput foundation model endpoint 'x' directly is disabled for this " +
                "workspace. Please use Unity Gateway."),
            Kind.ProvisionedThroughputDisabled, "queried through a model service"),
        new(
            "AI Gateway v2 endpoint", Endpoint, 403,
            Coded("PERMISSION_DENIED", "Endpoint 'x' is no longer available. Please use Unity Gateway."),
            Kind.GatewayEndpointRetired, "Unity Gateway replaces this endpoint"),
        new(
            "legacy name", Service, 501,
            Coded("NOT_IMPLEMENTED", "'x' is no longer available. Use Unity Catalog model services (v3)."),
            Kind.LegacyNameRetired, "Unity Gateway accepts model services only"),
        new(
            "unknown endpoint", Endpoint, 404,
            Coded("RESOURCE_DOES_NOT_EXIST", "Endpoint does not exist."),
            Kind.EndpointNotFound, "workspace's Serving page"),
        new(
            "service on endpoints", Service, 404,
            Coded("RESOURCE_DOES_NOT_EXIST", "Endpoint does not exist."),
            Kind.ModelServiceRequiresGateway, "It is a Unity Catalog name", DatabricksGatewayMode.Never),
        new(
            "unknown service", Service, 404,
            Coded("NOT_FOUND", "Model service does not exist."),
            Kind.ModelServiceNotFound, "(catalog.schema.service)"),
        new(
            "unknown service, other code", Service, 404,
            Coded("RESOURCE_DOES_NOT_EXIST", "Model service does not exist."),
            Kind.ModelServiceNotFound, "ask for EXECUTE"),
        new(
            "no gateway", Service, 404,
            Coded("ENDPOINT_NOT_FOUND", "No API found."),
            Kind.GatewayUnavailable, "The workspace has no Unity Gateway", DatabricksGatewayMode.Always),
        new(
            "gateway disabled", Service, 404,
            Coded("FEATURE_DISABLED", "AI Gateway is not available for this workspace."),
            Kind.GatewayUnavailable, "The workspace has no Unity Gateway", DatabricksGatewayMode.Always),
        new(
            "scope", Service, 403,
            """{"error_code":403,"message":"Provided OAuth token does not have required scopes: ai-gateway [ReqId: 1]"}""",
            Kind.MissingScope, "'ai-gateway'", Code: "403"),
        new(
            "scope, other text", Service, 403,
            """{"error_code":403,"message":"Invalid scope, required scopes: ai-gateway"}""",
            Kind.MissingScope, "'ai-gateway'", Code: "403"),
        new(
            "scope of endpoints", Endpoint, 403,
            """{"error_code":403,"message":"Provided OAuth token does not have required scopes: model-serving"}""",
            Kind.MissingScope, "an OAuth scope that the message names", Code: "403"),
        new(
            "former host", Service, 403,
            """{"error_code":403,"message":"Provided OAuth token does not have required scopes: all-apis"}""",
            Kind.GatewayHostRetired, "set Host to the workspace", Code: "403"),
        new(
            "EXECUTE", Service, 403,
            Coded("PERMISSION_DENIED", "User does not have EXECUTE."),
            Kind.PermissionDenied, "Ask for EXECUTE on the model service, and for USE CATALOG and USE SCHEMA"),
        new(
            "CAN_QUERY", Endpoint, 403,
            Coded("PERMISSION_DENIED", "User does not have permission."),
            Kind.PermissionDenied, "Ask for CAN_QUERY on the endpoint"),
        new(
            "bad token", Service, 400,
            "Invalid Token",
            Kind.Unauthenticated, "Check the token", Code: null, MediaType: "text/plain"),
        new(
            "audience", Endpoint, 400,
            """{"error_code":400,"message":"io.jsonwebtoken.IncorrectClaimException: Expected aud claim to be: , but was: 1."}""",
            Kind.Unauthenticated, "issued for another audience", Code: "400"),
        new(
            "CSP", Endpoint, 404,
            Coded("FEATURE_DISABLED", "AI Gateway legacy endpoint is not available for CSP-enabled workspaces."),
            Kind.FeatureDisabled, "not enabled for this workspace"),
        new(
            "budget", Service, 403,
            Coded("PERMISSION_DENIED", "Budget 'team' is exhausted."),
            Kind.BudgetExhausted, "A budget is exhausted"),
        new(
            "name with budget", Service, 403,
            Coded("PERMISSION_DENIED", "User does not have EXECUTE on model service 'main.budget.x'."),
            Kind.PermissionDenied, "Ask for EXECUTE on the model service"),
        new(
            "budget of endpoints", Endpoint, 403,
            Coded("PERMISSION_DENIED", "Budget 'team' is exhausted."),
            Kind.BudgetExhausted, "A budget is exhausted"),
        new(
            "output cap", Service, 400,
            Coded("BAD_REQUEST", "max_tokens (32000) cannot exceed 25000."),
            Kind.OutputLimitExceeded, ""),
        new(
            "unknown member", Service, 400,
            Coded("BAD_REQUEST", "Bad request: json: unknown field \\\"prompt_cache_key\\\""),
            Kind.UnknownParameter, ""),
        new(
            "temperature", Service, 400,
            Coded("BAD_REQUEST", "Model eu.anthropic.claude-opus-5 does not support the temperature parameter."),
            Kind.UnsupportedParameter, ""),
    ];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (var row in Rows)
        {
            foreach (var call in (ReadOnlySpan<string>)["chat", "stream", "responses", "responses stream", "embeddings"])
            {
                cases.Add(row.Title, call);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_refusal_is_told_apart(string title, string call)
    {
        var row = Rows.Single(row => row.Title == title);
        var workspace = new GatewayDouble().MayNotList().MayNotView();
        workspace.Answers.Add(("POST ", _ => ((HttpStatusCode)row.Status, row.Body)));
        workspace.MediaType = row.MediaType;
        var serving = workspace.Client(options =>
        {
            options.Gateway = row.Mode;
            options.RetriesAtOnce(2);
        });

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => CallAsync(serving, row.Name, call));

        Assert.Equal((row.Kind, (HttpStatusCode)row.Status, row.ExpectedCode, false),
            (failure.Kind, failure.StatusCode!.Value, failure.ErrorCode, failure.IsTransient));
        if (!IsMapped(row))
        {
            Assert.Contains(row.Advice, failure.Message, StringComparison.Ordinal);
        }

        var isAboutEndpoints = row.Kind == Kind.PermissionDenied && row.Name == Endpoint;
        Assert.Equal(isAboutEndpoints, failure.Message.Contains("CAN_QUERY", StringComparison.Ordinal));

        // Not retried. A 404 of a path of the Responses API leads to its next path, and to each of them once.
        var posts = workspace.Requests.Where(request => request.StartsWith("POST ", StringComparison.Ordinal)).ToList();
        Assert.Equal(posts.Distinct(), posts);
        Assert.True(posts.Count == 1 || (row.Status == 404 && call.StartsWith("responses", StringComparison.Ordinal)));
    }

    [Fact]
    public void No_two_rows_look_alike() => Assert.Equal(
        Rows.Length - 5, Rows.Select(row => (row.Status, row.ExpectedCode, row.Kind)).Distinct().Count());

    // The workspace's data are asked first, and then the advice is what they say.
    private static bool IsMapped(Row row) => row.Name == Endpoint && ErrorKinds.RequiresGateway(row.Kind);

    private static async Task CallAsync(DatabricksServingClient serving, string name, string call)
    {
        switch (call)
        {
            case "embeddings":
                await serving.GetEmbeddingGenerator(name).GenerateAsync(["one"]);
                break;
            case "stream":
                await Exchange.Collect(serving.GetChatClient(name));
                break;
            case "responses":
                await serving.GetChatClient(name, Responses).GetResponseAsync(Some.Question());
                break;
            case "responses stream":
                await Exchange.Collect(serving.GetChatClient(name, Responses));
                break;
            default:
                await serving.GetChatClient(name).GetResponseAsync(Some.Question());
                break;
        }
    }

    private static string Coded(string code, string message) => $$"""{"error_code":"{{code}}","message":"{{message}}"}""";

    private sealed record Row(
        string Title, string Name, int Status, string Body, Kind Kind, string Advice,
            DatabricksGatewayMode Mode = DatabricksGatewayMode.Auto,
        string? Code = "of the body", string MediaType = "application/json")
    {
        public string? ExpectedCode => Code == "of the body" ? (string?)System.Text.Json.Nodes.JsonNode.Parse(Body)!["error_code"] : Code;
    }
}
