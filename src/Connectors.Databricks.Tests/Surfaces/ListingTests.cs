using System.Net;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;
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
    public async Task A_service_on_a_repeated_page_is_one_service()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model)
            .On(List, HttpStatusCode.OK, Page("again", (Service, Model)));

        await workspace.Ask(Legacy);

        Assert.EndsWith(Service, workspace.Requests[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_canceled_is_asked_for_in_smaller_pieces()
    {
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model)
            .On(List, (HttpStatusCode)499, """{"error_code":"CANCELLED","message":""}""")
            .On("GET /api/2.1/unity-catalog/model-services?page_size=20", HttpStatusCode.OK, Page(null, (Service, Model)));

        await workspace.Ask(Legacy);

        Assert.EndsWith(Service, workspace.Requests[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Service, true)]
    [InlineData(Model, false)]
    public async Task The_only_match_in_a_part_of_the_list_may_not_be_the_only_one(string model, bool isMapped)
    {
        var page = 0;
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, model);
        workspace.Answers.Add((List, _ => (HttpStatusCode.OK, Page($"page {page++}", (Service, Model)))));
        var chat = workspace.Client().GetChatClient(Legacy);

        var message = isMapped ? (await chat.GetResponseAsync(Some.Question())).Text : (await Failure.Of(chat)).Message;

        Assert.Contains(
            isMapped ? "Hi." : $"The list of model services could not be read to its end: '{Service}' routes to '{Model}', and others may",
            message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_takes_too_long_fails_the_call_and_later_calls_wait_for_the_same_one()
    {
        var clock = new FakeClock();
        var list = new TaskCompletionSource();
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model).Services((Service, Model));
        workspace.Before = line => line == List ? list.Task : Task.CompletedTask;
        var chat = workspace.Client(options => options.TimeProvider = clock).GetChatClient(Legacy);

        var call = Failure.Of(chat);
        await clock.TimerDueIn(ServingSurfaces.MaxWait);
        clock.Advance(ServingSurfaces.MaxWait);
        Assert.Contains("The model services could not be read within 00:00:30. Try again", (await call).Message, StringComparison.Ordinal);

        var next = chat.GetResponseAsync(Some.Question());
        await clock.TimerDueIn(ServingSurfaces.MaxWait);
        list.SetResult();
        await next;
        Assert.EndsWith(Service, workspace.Requests[^1], StringComparison.Ordinal);
        Assert.Single(workspace.Requests, List);
    }

    [Fact]
    public async Task A_list_without_an_end_is_left()
    {
        var page = 0;
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Model);
        workspace.Answers.Add((List, _ => (HttpStatusCode.OK, Page($"page {page++}"))));

        await Failure.Of(workspace.Client().GetChatClient(Legacy));

        Assert.Equal(WorkspacePager.MaxPages, page);
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
