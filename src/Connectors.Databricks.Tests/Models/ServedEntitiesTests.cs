using System.Net;
using Connectors.Databricks.ModelRecords;
using Connectors.Databricks.Models;
using Connectors.Databricks.Models.Corrections;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Models;

/// <summary>An endpoint whose name says nothing is asked what it serves, if it may be.</summary>
public class ServedEntitiesTests
{
    private static readonly ChatOptions Warm = new() { Temperature = 0.5f };

    [Theory]
    [InlineData("""{"entity_name":"system.ai.claude-opus-4-8"}""")]
    [InlineData("""{"external_model":{"provider":"anthropic","name":"claude-opus-4-8-20260801","task":"llm/v1/chat"}}""")]
    [InlineData("""{"entity_name":"system.ai.claude-opus-4-8","name":"a"},{"entity_name":"system.ai.claude-opus-4-8","name":"b"}""")]
    public async Task What_it_serves_is_asked_once_and_shapes_requests(string entities)
    {
        var service = new VerbatimService().Answers(Endpoint(entities)).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var serving = Asking(service);
        var chat = serving.GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?", Warm);
        await chat.GetResponseAsync("Hello?", Warm);

        Assert.Equal(["GET", "POST", "POST"], service.Sent.Select(sent => sent.Method));
        Assert.All(service.Sent.Skip(1), sent => Assert.DoesNotContain("temperature", sent.Body, StringComparison.Ordinal));
        Assert.Equal("claude-opus-4-8", serving.GetModelInfo("prod-chat")?.Name);
    }

    [Theory]
    [InlineData("""{"entity_name":"system.ai.claude-opus-4-8","name":"a"},{"entity_name":"system.ai.gpt-5-2","name":"b"}""")]
    [InlineData("""{"entity_name":"main.models.churn"}""")]
    [InlineData("")]
    public async Task Several_models_or_none_that_is_known_shape_nothing(string entities)
    {
        var service = new VerbatimService().Answers(Endpoint(entities)).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = Asking(service).GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?", Warm);
        await chat.GetResponseAsync("Hello?", Warm);

        Assert.Equal(["GET", "POST", "POST"], service.Sent.Select(sent => sent.Method));
        Assert.Contains("temperature", service.Sent[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_view_the_endpoint_may_still_call_it()
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"no"}""", HttpStatusCode.Forbidden).Answers(Some.ChatBody)
                .Answers(Some.ChatBody);
        var chat = Asking(service).GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?");
        await chat.GetResponseAsync("Hello?");

        Assert.Equal(["GET", "POST", "POST"], service.Sent.Select(sent => sent.Method));
    }

    [Fact]
    public async Task What_may_pass_is_asked_again_after_a_pause()
    {
        var clock = new FakeClock();
        var service = new VerbatimService()
            .Answers("{}", HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody).Answers(Some.ChatBody)
            .Answers(Endpoint("""{"entity_name":"system.ai.claude-opus-4-8"}""")).Answers(Some.ChatBody);
        var chat = Asking(service, clock).GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?");
        await chat.GetResponseAsync("Hello?");
        clock.Advance(ServedModels.RetryDelay);
        await chat.GetResponseAsync("Hello?", Warm);

        Assert.Equal(["GET", "POST", "POST", "GET", "POST"], service.Sent.Select(sent => sent.Method));
        Assert.DoesNotContain("temperature", service.Sent[^1].Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}""", HttpStatusCode.NotFound)]
    [InlineData("""{"name":"prod-chat"}""", HttpStatusCode.OK)]
    public async Task An_endpoint_that_is_not_made_yet_is_asked_again_after_a_pause(string body, HttpStatusCode status)
    {
        var clock = new FakeClock();
        var service = new VerbatimService()
            .Answers(body, status).Answers(Some.ChatBody).Answers(Some.ChatBody)
            .Answers(Endpoint("""{"entity_name":"system.ai.claude-opus-4-8"}""")).Answers(Some.ChatBody);
        var serving = Asking(service, clock);
        var chat = serving.GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?");
        await chat.GetResponseAsync("Hello?");
        clock.Advance(ServedModels.RetryDelay);
        await chat.GetResponseAsync("Hello?");

        Assert.Equal(["GET", "POST", "POST", "GET", "POST"], service.Sent.Select(sent => sent.Method));
        Assert.Equal("claude-opus-4-8", serving.GetModelInfo("prod-chat")?.Name);
    }

    public static TheoryData<Exception> Failures =>
    [
        new HttpRequestException("No route."), new InvalidOperationException("Broken."), new System.Text.Json.JsonException("Odd."),
        new DatabricksCredentialException("No token."),
    ];

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task However_the_question_fails_the_call_does_not(Exception failure)
    {
        var clock = new FakeClock();
        var entities = new Entities(() => throw failure);
        var models = new EndpointModels(DatabricksModelCapabilities.BuiltIn, clock, entities);

        var endpoint = await models.IdentifyAsync(models.For("prod-chat"), CancellationToken.None);

        Assert.Null(endpoint.Record);
        Assert.False(models.NeedsIdentification(endpoint));
        clock.Advance(ServedModels.RetryDelay);
        Assert.True(models.NeedsIdentification(endpoint));
    }

    [Fact]
    public async Task A_call_does_not_wait_for_ever_and_the_answer_serves_the_next_one()
    {
        var clock = new FakeClock();
        var answer = new TaskCompletionSource<ServedEntities>();
        var served = new ServedModels(DatabricksModelCapabilities.BuiltIn, clock, new Entities(() => answer.Task));

        var waiting = served.FindAsync("prod-chat", CancellationToken.None);
        await clock.TimerDueIn(ServedModels.MaxWait);
        clock.Advance(ServedModels.MaxWait);

        Assert.Equal(default, await waiting);
        Assert.False(served.CanLookUp("prod-chat"));
        var next = served.FindAsync("prod-chat", CancellationToken.None);
        answer.SetResult(new([new ServedModelReference("system.ai.claude-opus-4-8")]));
        Assert.Equal("claude-opus-4-8", (await next).Record?.Name);
        Assert.True(served.CanLookUp("prod-chat"));
    }

    [Fact]
    public async Task A_hundred_callers_at_once_ask_once()
    {
        var answer = new TaskCompletionSource<ServedEntities>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entities = new Entities(() => answer.Task);
        var models = new EndpointModels(DatabricksModelCapabilities.BuiltIn, TimeProvider.System, entities);

        var calls = Enumerable.Range(0, 100)
            .Select(_ => Task.Run(() => models.IdentifyAsync(models.For("prod-chat"), CancellationToken.None))).ToList();
        answer.SetResult(new([new ServedModelReference("system.ai.claude-opus-4-8")]));
        var known = await Task.WhenAll(calls);

        Assert.All(known, endpoint => Assert.Equal("claude-opus-4-8", endpoint.Record?.Name));
        Assert.Equal(1, entities.Lookups);
    }

    [Fact]
    public async Task Names_without_end_are_not_asked_about_without_end()
    {
        var entities = new Entities(() => Task.FromResult(new ServedEntities([])));
        var models = new EndpointModels(DatabricksModelCapabilities.BuiltIn, TimeProvider.System, entities);

        for (var i = 0; i < ServedModels.MaxEndpoints + 5; i++)
        {
            var endpoint = models.For($"unknown-{i}");
            if (models.NeedsIdentification(endpoint))
            {
                await models.IdentifyAsync(endpoint, CancellationToken.None);
            }
        }

        Assert.Equal(ServedModels.MaxEndpoints, entities.Lookups);
    }

    [Fact]
    public async Task What_an_unknown_model_has_taught_is_forgotten_when_it_is_known()
    {
        var entities = new Entities(
            () => Task.FromResult(new ServedEntities([new ServedModelReference("system.ai.claude-opus-4-8")])));
        var models = new EndpointModels(DatabricksModelCapabilities.BuiltIn, TimeProvider.System, entities);
        var endpoint = models.AddCorrection(
            "prod-chat", ParameterCorrection.SetReasoningStyle(ReasoningStyle.None, "No."), TimeSpan.FromDays(1), out _);

        var known = await models.IdentifyAsync(endpoint, CancellationToken.None);

        Assert.Equal((ReasoningStyle.Adaptive, 0), (known.Model.Reasoning.Style, known.Corrections.Count));
    }

    [Fact]
    public async Task What_it_serves_is_read_again_after_its_eviction()
    {
        var service = new VerbatimService()
            .Answers(Endpoint("""{"entity_name":"system.ai.claude-opus-4-8"}""")).Answers(Some.ChatBody)
            .Answers(Endpoint("""{"entity_name":"system.ai.llama-4-maverick"}""")).Answers(Some.ChatBody);
        var serving = Asking(service);
        var chat = serving.GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?");
        serving.ClearCorrections("prod-chat");
        await chat.GetResponseAsync("Hello?");

        Assert.Equal("llama-4-maverick", serving.GetModelInfo("prod-chat")?.Name);
    }

    [Fact]
    public async Task A_name_that_says_something_is_not_asked()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await Asking(service).GetChatClient("databricks-claude-opus-4-8").GetResponseAsync("Hello?", Warm);

        Assert.Equal("POST", Assert.Single(service.Sent).Method);
    }

    [Fact]
    public async Task Nothing_is_requested_unless_turned_on()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient("prod-chat").GetResponseAsync("Hello?");

        Assert.Equal("POST", Assert.Single(service.Sent).Method);
    }

    private static DatabricksServingClient Asking(VerbatimService service, TimeProvider? clock = null) => service.Client(
        options => (options.Chat.LookUpServedEntities, options.TimeProvider) = (true, clock ?? TimeProvider.System));

    private static string Endpoint(string entities) => $$$"""{"name":"prod-chat","config":{"served_entities":[{{{entities}}}]}}""";

    private sealed class Entities(Func<Task<ServedEntities>> answer) : IServedEntities
    {
        private int _questions;

        public int Lookups => _questions;

        public async Task<ServedEntities> GetAsync(string endpointName, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _questions);
            return await answer();
        }
    }
}
