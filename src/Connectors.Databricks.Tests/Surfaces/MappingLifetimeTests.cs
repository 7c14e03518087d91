using System.Net;
using Connectors.Databricks.Surfaces;
using Connectors.Databricks.Tests.TestServices;
using static Connectors.Databricks.Tests.Surfaces.GatewayDouble;

namespace Connectors.Databricks.Tests.Surfaces;

/// <summary>How long a mapping is kept, and for whom: per client, and so per host, for a bounded time.</summary>
public class MappingLifetimeTests
{
    private const string Invocations = $"POST /serving-endpoints/{Legacy}/invocations";
    private const string View = $"GET /api/2.0/serving-endpoints/{Legacy}";
    private const string List = "GET /api/2.1/unity-catalog/model-services?page_size=100&view=FULL";
    private const string Gateway = "POST /ai-gateway/mlflow/v1/chat/completions";

    [Fact]
    public async Task Each_host_and_each_client_learns_for_itself()
    {
        var enforced = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).Services((Service, Model));
        var classic = new GatewayDouble().On("POST /serving-endpoints/", HttpStatusCode.OK, Some.ChatBody);
        var other = enforced.Client(options => options.Host = new Uri("https://other.cloud.databricks.com"));

        await enforced.Ask(Legacy);
        await classic.Ask(Legacy);
        await enforced.Ask(Legacy);
        await other.GetChatClient(Legacy).GetResponseAsync(Some.Question());

        string[] negotiation = [Invocations, View, List, $"{Gateway} {Service}"];
        Assert.Equal([Invocations], classic.Requests);
        Assert.Equal([.. negotiation, .. negotiation, .. negotiation], enforced.Requests);
    }

    [Fact]
    public async Task A_mapping_is_learned_again_after_an_hour()
    {
        var clock = new FakeClock();
        var workspace = new GatewayDouble().Enforces(Service).Endpoint(Legacy, Service).Services((Service, Model));
        var chat = workspace.Client(options => options.TimeProvider = clock).GetChatClient(Legacy);
        await chat.GetResponseAsync(Some.Question());

        clock.Advance(LearnedRoutes.RouteLifetime - TimeSpan.FromSeconds(1));
        await chat.GetResponseAsync(Some.Question());
        Assert.Equal(5, workspace.Requests.Count);
        clock.Advance(TimeSpan.FromSeconds(1));
        await chat.GetResponseAsync(Some.Question());

        Assert.Equal([Invocations, View, List, $"{Gateway} {Service}"], workspace.Requests.Skip(5));
    }

    [Fact]
    public async Task A_failed_mapping_is_tried_again_after_a_minute()
    {
        var clock = new FakeClock();
        var workspace = new GatewayDouble().Enforces(Service).MayNotView().MayNotList();
        var chat = workspace.Client(options => options.TimeProvider = clock).GetChatClient(Legacy);
        var first = await Failure.Of(chat);

        var second = await Failure.Of(chat);
        Assert.Equal((4, first.Message), (workspace.Requests.Count, second.Message));
        clock.Advance(LearnedRoutes.FailureLifetime);
        await Failure.Of(chat);

        Assert.Equal(7, workspace.Requests.Count);
    }
}
