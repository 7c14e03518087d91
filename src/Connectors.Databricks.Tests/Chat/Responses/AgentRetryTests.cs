using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>An agent may run tools, so that a request is repeated only when nothing was sent.</summary>
public class AgentRetryTests
{
    private const string Answer =
        """{"id":"r","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi."}]}]}""";

    private const string MissingInput =
        """{"error_code":"BAD_REQUEST","message":"Model is missing inputs ['input']. Note that there were extra inputs: ['messages']"}""";

    [Theory]
    [InlineData(408, false)]
    [InlineData(429, false)]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(503, false)]
    [InlineData(504, false)]
    [InlineData(502, true)]
    public async Task No_status_of_an_agent_is_retried(int status, bool isStream)
    {
        var service = new VerbatimService().Answers("", (HttpStatusCode)status);

        var failure = await FailureOf(Agent(service), isStream);

        Assert.Single(service.Sent);
        Assert.EndsWith(
            "It was not retried, because the agent may have run tools: check what they have changed before you try again.", failure.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_was_not_sent_is_retried()
    {
        var service = new VerbatimService()
            .Throws(new HttpRequestException(HttpRequestError.ConnectionError, "refused")).Answers(Answer);

        Assert.Equal("Hi.", (await Agent(service).GetResponseAsync("Hi")).Text);

        Assert.Equal(2, service.Sent.Count);
    }

    [Fact]
    public async Task A_connection_that_broke_after_sending_is_not_retried()
    {
        var service = new VerbatimService().Throws(new HttpRequestException(HttpRequestError.ResponseEnded, "broke"));

        var failure = await FailureOf(Agent(service), isStream: false);

        Assert.Single(service.Sent);
        Assert.Contains("the agent may have run tools", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_was_found_by_its_rejection_is_not_retried()
    {
        var service = new VerbatimService().Answers(MissingInput, HttpStatusCode.BadRequest).Answers("", HttpStatusCode.BadGateway);

        await FailureOf(service.Client(options => options.RetriesAtOnce(2)).GetChatClient("travel"), isStream: false);

        Assert.Equal(["invocations", "responses"], service.Sent.Select(sent => sent.Uri.Segments[^1]));
    }

    [Theory]
    [InlineData("custom_inputs")]
    [InlineData("context")]
    [InlineData("databricks_options")]
    public async Task A_member_that_only_agents_have_marks_the_call_to_chat_completions(string member)
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.BadGateway);
        var chat = service.Client(options => options.RetriesAtOnce(2)).GetChatClient("travel");

        await Assert.ThrowsAsync<DatabricksServingException>(() => chat.GetResponseAsync(
            "Hi", new ChatOptions { AdditionalProperties = new() { [member] = new JsonObject() } }));

        Assert.Single(service.Sent);
    }

    [Theory]
    [InlineData("databricks-gpt-5-2", "responses")]
    [InlineData("databricks-claude-sonnet-4-5", "open-responses")]
    public async Task A_model_is_retried(string endpointName, string path)
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.BadGateway).Answers(Answer);

        Assert.Equal("Hi.", (await Agent(service, endpointName).GetResponseAsync("Hi")).Text);

        Assert.Equal([path, path], service.Sent.Select(sent => sent.Uri.Segments[^1]));
    }

    [Fact]
    public async Task A_predicate_of_the_user_may_retry_agents()
    {
        var service = new VerbatimService().Answers("", HttpStatusCode.BadGateway).Answers(Answer);
        var chat = service.Client(options =>
        {
            options.Chat.Api = DatabricksChatApi.Responses;
            options.Resilience.Retry = new()
            {
                Delay = TimeSpan.Zero,
                ShouldHandle = static arguments => new(arguments.AttemptNumber == 0),
            };
        }).GetChatClient("travel");

        Assert.Equal("Hi.", (await chat.GetResponseAsync("Hi")).Text);
    }

    [Fact]
    public async Task A_rejected_parameter_of_an_agent_is_not_sent_again()
    {
        var service = new VerbatimService().Answers(
            """{"error_code":"BAD_REQUEST","message":"Model x does not support the temperature parameter."}""", HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<DatabricksServingException>(() => Agent(service).GetResponseAsync(
            "Hi", new ChatOptions { Temperature = 0.5f }.WithCustomInputs([])));

        Assert.Single(service.Sent);
    }

    [Theory]
    [InlineData(503, 1)]
    [InlineData(404, 2)]
    public async Task A_fallback_does_not_repeat_tools(int status, int sent)
    {
        var service = new VerbatimService()
            .Answers("""{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"no"}""", (HttpStatusCode)status)
            .Answers("", HttpStatusCode.BadGateway);
        var chat = service.Client(options => options.Chat.Api = DatabricksChatApi.Responses).GetFallbackChatClient(["one", "two"]);

        await FailureOf(chat, isStream: false);

        Assert.Equal(sent, service.Sent.Select(request => JsonNode.Parse(request.Body)!["model"]!.ToString()).Distinct().Count());
    }

    [Fact]
    public async Task A_fallback_follows_an_agent_that_could_not_be_reached()
    {
        var service = new VerbatimService()
            .Throws(new HttpRequestException(HttpRequestError.ConnectionError, "refused")).Answers(Answer);
        var chat = service.Client(options => options.Chat.Api = DatabricksChatApi.Responses).GetFallbackChatClient(["one", "two"]);

        Assert.Equal("Hi.", (await chat.GetResponseAsync("Hi")).Text);
    }

    private static IChatClient Agent(VerbatimService service, string endpointName = "travel") => service.Client(options =>
    {
        options.Chat.Api = DatabricksChatApi.Responses;
        options.RetriesAtOnce(2);
    }).GetChatClient(endpointName);

    private static Task<DatabricksServingException> FailureOf(IChatClient chat, bool isStream) =>
        isStream ? Failure.OfStream(chat) : Failure.Of(chat);
}
