using System.Net;
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
            .Answers("""{"error_code":"PERMISSION_DENIED","message":"no"}""", HttpStatusCode.Forbidden).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = Asking(service).GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?");
        await chat.GetResponseAsync("Hello?");

        Assert.Equal(["GET", "POST", "POST"], service.Sent.Select(sent => sent.Method));
    }

    [Fact]
    public async Task What_may_pass_is_asked_again()
    {
        var service = new VerbatimService()
            .Answers("{}", HttpStatusCode.ServiceUnavailable).Answers(Some.ChatBody)
            .Answers(Endpoint("""{"entity_name":"system.ai.claude-opus-4-8"}""")).Answers(Some.ChatBody);
        var chat = Asking(service).GetChatClient("prod-chat");

        await chat.GetResponseAsync("Hello?");
        await chat.GetResponseAsync("Hello?", Warm);

        Assert.DoesNotContain("temperature", service.Sent[^1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_says_something_is_not_asked()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await Asking(service).GetChatClient("databricks-claude-opus-4-8").GetResponseAsync("Hello?", Warm);

        Assert.Equal("POST", Assert.Single(service.Sent).Method);
    }

    [Fact]
    public async Task Nobody_is_asked_unless_told_so()
    {
        var service = new VerbatimService().Answers(Some.ChatBody);

        await service.Client().GetChatClient("prod-chat").GetResponseAsync("Hello?");

        Assert.Equal("POST", Assert.Single(service.Sent).Method);
    }

    private static DatabricksServingClient Asking(VerbatimService service) => service.Client(options => options.LookUpServedEntities = true);

    private static string Endpoint(string entities) => $$$"""{"name":"prod-chat","config":{"served_entities":[{{{entities}}}]}}""";
}
