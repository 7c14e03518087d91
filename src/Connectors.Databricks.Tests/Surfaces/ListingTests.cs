using System.Net;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>How the list of model services is read to its end.</summary>
public class ListingTests
{
    private const string List = "GET /api/2.1/unity-catalog/model-services?page_size=100&view=FULL";

    [Fact]
    public async Task Paging_goes_on_after_an_empty_first_page()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model)
            .On($"{List}&page_token=two%2F2", HttpStatusCode.OK, Page(null, (Service, Model)))
            .On(List, HttpStatusCode.OK, Page("two/2"));

        await workspace.Ask(Legacy);

        Assert.Equal([List, $"{List}&page_token=two%2F2"], workspace.Requests.Where(request =>
            request.StartsWith(List, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_repeated_token_ends_the_list()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model).On(List, HttpStatusCode.OK, Page("again"));

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Equal(2, workspace.Requests.Count(request => request.StartsWith(List, StringComparison.Ordinal)));
        Assert.Contains("no model service that this token can list", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_without_an_end_is_left()
    {
        var page = 0;
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model);
        workspace.Answers.Add((List, _ => (HttpStatusCode.OK, Page($"page {page++}"))));

        await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Equal(ModelServicePager.MaxPages, page);
    }

    [Fact]
    public async Task A_host_that_requires_a_parent_is_asked_for_the_system_schema()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model)
            .On(List, HttpStatusCode.BadRequest, """{"error_code":"INVALID_PARAMETER_VALUE","message":"parent is required"}""")
            .On("GET /api/2.1/unity-catalog/model-services?parent=schemas%2Fsystem.ai&page_size=100&view=FULL", HttpStatusCode.OK,
                Page(null, (Service, Model)));

        await workspace.Ask(Legacy);

        Assert.EndsWith(Service, workspace.Requests[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"model_services":{"name":"x"}}""")]
    [InlineData("""{"model_services":[null,7,{"name":7},{"name":"model-services/"},{"name":"model-services/a.b.c","config":[]}]}""")]
    public async Task A_list_of_another_shape_maps_nothing(string body)
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model).On(List, HttpStatusCode.OK, body);

        var failure = await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Contains("no model service that this token can list", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lookup_that_fails_for_the_moment_is_not_kept()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model);
        workspace.Answers.Add((List, _ => workspace.Requests.Count < 4
            ? (HttpStatusCode.ServiceUnavailable, """{"error_code":"TEMPORARILY_UNAVAILABLE"}""")
            : (HttpStatusCode.OK, Page(null, (Service, Model)))));
        var chat = workspace.Client().GetChatClient(Legacy);

        await Failure.Of(chat);
        await chat.GetResponseAsync(Some.Question());

        Assert.EndsWith(Service, workspace.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_cache_of_routes_is_bounded()
    {
        var clock = new FakeClock();
        var learned = new LearnedRoutes(clock);
        for (var i = 0; i <= ExpiringCache<object>.Capacity; i++)
        {
            learned.AddFailure($"name-{i}", "advice");
            clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.Null(learned.Find("name-0"));
        Assert.NotNull(learned.Find("name-1"));
        Assert.NotNull(learned.Find($"name-{ExpiringCache<object>.Capacity}"));
    }
}
