using System.Net;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Tests.Surfaces;
using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Discovery;

/// <summary>The directory lists model services with the endpoints.</summary>
public class ModelServiceDirectoryTests
{
    private const string List = "GET /api/2.1/unity-catalog/model-services?page_size=100&view=FULL";
    private const string Denied = """{"error_code":"PERMISSION_DENIED","message":"Not yours."}""";
    private const string Trouble = """{"error_code":"TEMPORARILY_UNAVAILABLE","message":"Later."}""";

    [Fact]
    public async Task Model_services_come_before_endpoints_after_an_empty_first_page()
    {
        var workspace = new GatewayDouble()
            .On($"{List}&page_token=2", HttpStatusCode.OK, Page(null, (Service, Model), (Service, Model)))
            .On(List, HttpStatusCode.OK, Page("2"))
            .Endpoints((Legacy, Model));

        var snapshot = await workspace.Client().Directory.GetAsync();

        Assert.Equal([(Service, true), (Legacy, false)], snapshot.Profiles.Select(profile => (profile.Name, profile.IsModelService)));
        Assert.Empty(snapshot.Notes);
        Assert.NotNull(snapshot.Find(Service));
    }

    [Fact]
    public async Task A_repeated_token_ends_the_list_with_a_note()
    {
        var workspace = new GatewayDouble().On(List, HttpStatusCode.OK, Page("again", (Service, Model))).Endpoints((Legacy, Model));

        var snapshot = await workspace.Client().Directory.GetAsync();

        Assert.Equal([Service, Legacy], snapshot.Profiles.Select(profile => profile.Name));
        Assert.Equal("The list of model services may be incomplete: the workspace repeats a page token.", Assert.Single(snapshot.Notes));
        Assert.Equal(2, workspace.Requests.Count(request => request.StartsWith(List, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("ENDPOINT_NOT_FOUND")]
    [InlineData("FEATURE_DISABLED")]
    public async Task A_workspace_without_a_gateway_is_silent_and_is_asked_once_an_hour(string code)
    {
        var clock = new FakeClock();
        var workspace = new GatewayDouble()
            .On(List, HttpStatusCode.NotFound, $$"""{"error_code":"{{code}}","message":"No API found."}""").Endpoints((Legacy, Model));
        var serving = workspace.Client(options => options.TimeProvider = clock);

        var first = await serving.Directory.RefreshAsync();
        var second = await serving.CreateDirectory(new()).RefreshAsync();
        var asked = workspace.Requests.Count(request => request == List);
        clock.Advance(LearnedRoutes.RouteLifetime);
        await serving.Directory.RefreshAsync();

        Assert.Equal((Legacy, 0, Legacy), (Assert.Single(first.Profiles).Name, first.Notes.Count, Assert.Single(second.Profiles).Name));
        Assert.Equal((1, 2), (asked, workspace.Requests.Count(request => request == List)));
    }

    [Fact]
    public async Task Who_may_not_list_services_gets_the_endpoints_and_a_note()
    {
        var snapshot = await new GatewayDouble().MayNotList().Endpoints((Legacy, Model)).Client().Directory.GetAsync();

        Assert.Equal(Legacy, Assert.Single(snapshot.Profiles).Name);
        Assert.Contains("Listing the model services failed: 403", Assert.Single(snapshot.Notes), StringComparison.Ordinal);
        Assert.Contains("Ask for USE CATALOG, USE SCHEMA and EXECUTE", snapshot.Notes[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_list_endpoints_gets_the_services_and_a_note()
    {
        var snapshot = await new GatewayDouble().Services((Service, Model)).MayNotView().Client().Directory.GetAsync();

        Assert.Equal(Service, Assert.Single(snapshot.Profiles).Name);
        Assert.Contains("Listing the endpoints failed: 403", Assert.Single(snapshot.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_list_neither_gets_both_reasons()
    {
        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => new GatewayDouble().MayNotList().MayNotView().Client().Directory.GetAsync());

        Assert.Equal(DatabricksServingErrorKind.PermissionDenied, failure.Kind);
        Assert.Contains("Listing the endpoints failed: 403", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Listing the model services failed: 403", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_that_fails_for_the_moment_is_kept_and_read_again_soon()
    {
        var clock = new FakeClock();
        var (status, body) = (HttpStatusCode.OK, Page(null, (Service, Model)));
        var workspace = new GatewayDouble().Endpoints((Legacy, Model));
        workspace.Answers.Insert(0, (List, _ => (status, body)));
        var directory = workspace.Client(options => options.TimeProvider = clock)
            .CreateDirectory(new() { TimeToLive = TimeSpan.FromMinutes(5), RetryAfterFailure = TimeSpan.FromSeconds(30) });
        await directory.RefreshAsync();

        (status, body) = (HttpStatusCode.ServiceUnavailable, Trouble);
        var partial = await directory.RefreshAsync();

        Assert.Equal([Service, Legacy], partial.Profiles.Select(profile => profile.Name));
        Assert.EndsWith("Those of an earlier request are listed.", Assert.Single(partial.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_canceled_is_asked_for_in_smaller_pieces()
    {
        var workspace = new GatewayDouble()
            .On(List, (HttpStatusCode)499, """{"error_code":"CANCELLED","message":""}""")
            .On("GET /api/2.1/unity-catalog/model-services?page_size=20", HttpStatusCode.OK, Page(null, (Service, Model)))
            .Endpoints();

        Assert.Equal(Service, Assert.Single((await workspace.Client().Directory.GetAsync()).Profiles).Name);
    }

    [Fact]
    public async Task A_later_page_that_fails_leaves_a_note()
    {
        var workspace = new GatewayDouble()
            .On($"{List}&page_token=2", HttpStatusCode.Forbidden, Denied)
                .On(List, HttpStatusCode.OK, Page("2", (Service, Model))).Endpoints();

        var snapshot = await workspace.Client().Directory.GetAsync();

        Assert.Equal(Service, Assert.Single(snapshot.Profiles).Name);
        Assert.StartsWith("The list of model services ends early.", Assert.Single(snapshot.Notes), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model_services":null}""", 0, 0)]
    [InlineData("{}", 0, 0)]
    [InlineData("""{"model_services":[null,7,{},{"name":7},{"name":"model-services/x"},{"name":"model-services/a.b.c"}]}""", 1, 5)]
    public async Task Odd_items_are_described(string body, int services, int unreadable)
    {
        var snapshot = await new GatewayDouble().On(List, HttpStatusCode.OK, body).Endpoints().Client().Directory.GetAsync();

        Assert.Equal((services, unreadable, 0), (snapshot.Profiles.Count, snapshot.Unreadable.Count, snapshot.Notes.Count));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"model_services":{"a":1}}""")]
    [InlineData("not JSON")]
    public async Task A_document_of_another_shape_is_a_note(string body)
    {
        var snapshot = await new GatewayDouble().On(List, HttpStatusCode.OK, body).Endpoints((Legacy, Model)).Client().Directory.GetAsync();

        Assert.Equal(Legacy, Assert.Single(snapshot.Profiles).Name);
        Assert.Contains("Listing the model services", Assert.Single(snapshot.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schemas_are_listed_alone_and_an_empty_list_asks_for_none()
    {
        var workspace = new GatewayDouble()
            .On("GET /api/2.1/unity-catalog/model-services?parent=schemas%2Fmain.ai&", HttpStatusCode.OK, Page(null, ("main.ai.x", Model)))
            .Endpoints();

        var some = await workspace.Client().CreateDirectory(new() { ModelServiceSchemas = ["main.ai"] }).GetAsync();
        var none = await workspace.Client().CreateDirectory(new() { ModelServiceSchemas = [] }).GetAsync();

        Assert.Equal(("main.ai.x", 0), (Assert.Single(some.Profiles).Name, none.Profiles.Count));
        Assert.Throws<ArgumentException>(() => workspace.Client().CreateDirectory(new() { ModelServiceSchemas = ["main"] }));
    }

    [Fact]
    public async Task A_client_that_never_uses_the_gateway_lists_endpoints_only()
    {
        var workspace = new GatewayDouble().Endpoints((Legacy, Model));

        var snapshot = await workspace.Client(options => options.Gateway = DatabricksGatewayMode.Never).Directory.GetAsync();

        Assert.Equal((Legacy, 1), (Assert.Single(snapshot.Profiles).Name, workspace.Requests.Count));
    }

    [Fact]
    public async Task Without_a_gateway_a_model_service_is_looked_up_as_its_endpoint()
    {
        var workspace = new GatewayDouble()
            .On($"GET /api/2.1/unity-catalog/model-services/{Model}", HttpStatusCode.NotFound,
                """{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found."}""")
            .Endpoint(Legacy, Model).Endpoints((Legacy, Model));

        Assert.Equal((Legacy, false), await workspace.Client().Directory.GetProfileAsync(Model) is var profile
            ? (profile.Name, profile.IsModelService) : default);
    }

    [Fact]
    public async Task A_model_service_has_no_signature()
    {
        var workspace = new GatewayDouble();

        await Assert.ThrowsAsync<ArgumentException>(() => workspace.Client().Directory.GetSignatureAsync(Service));
        await Assert.ThrowsAsync<ArgumentException>(() => workspace.Client().Directory.GetOpenApiAsync(Service));
        Assert.Empty(workspace.Requests);
    }
}
