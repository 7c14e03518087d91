using System.Net;
using System.Text.Json.Nodes;
using Connectors.Databricks.Chat;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Chat.Responses;

/// <summary>The paths of the Responses API, in the order in which they are tried: each after a 404 of the one before.</summary>
public class ApiLadderTests
{
    private const string Answer =
        """{"id":"r","output":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"Hi."}]}]}""";

    private const string UnknownPath = """{"error_code":"ENDPOINT_NOT_FOUND","message":"No API found for this path."}""";
    private const string NoSuchEndpoint = """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"There is no such endpoint."}""";

    private const string MissingInput =
        """{"error_code":"BAD_REQUEST","message":"Model is missing inputs ['input']. Note that there were extra inputs: ['messages']"}""";

    private const string Mlflow = "/ai-gateway/mlflow/v1/responses";
    private const string OpenAI = "/ai-gateway/openai/v1/responses";
    private const string Native = "/serving-endpoints/responses";
    private const string Open = "/serving-endpoints/open-responses";

    [Theory]
    [InlineData("system.ai.gpt-5-2", new[] { Mlflow, OpenAI })]
    [InlineData("system.ai.claude-sonnet-4-5", new[] { Mlflow, Open })]
    [InlineData("system.ai.some-model", new[] { Mlflow, Open })]
    [InlineData("databricks-gpt-5-2", new[] { Native, Open })]
    [InlineData("databricks-claude-sonnet-4-5", new[] { Open, Mlflow })]
    [InlineData("our-model", new[] { Native, Open })]
    public async Task A_set_API_has_each_of_its_paths_tried_once(string name, string[] paths)
    {
        for (var last = 0; last < paths.Length; last++)
        {
            var service = Rejecting(last).Answers(Answer).Answers(Answer);
            var chat = Chat(service, name, DatabricksChatApi.Responses);

            Assert.Equal("Hi.", (await chat.GetResponseAsync("Hi")).Text);
            await chat.GetResponseAsync("Hi");

            // The second call starts where the first one ended.
            Assert.Equal([.. paths[..(last + 1)], paths[last]], Paths(service));
            Assert.All(service.Sent, sent => Assert.Equal(name, JsonNode.Parse(sent.Body)!["model"]!.ToString()));
        }
    }

    [Theory]
    [InlineData("system.ai.gpt-5-3-codex", new[] { Mlflow, OpenAI, "/ai-gateway/mlflow/v1/chat/completions" })]
    [InlineData("databricks-gpt-5-3-codex", new[] { Native, Open, "/serving-endpoints/databricks-gpt-5-3-codex/invocations" })]
    public async Task A_model_that_requires_it_ends_with_chat_completions(string name, string[] paths)
    {
        var service = Rejecting(2).Answers(Some.ChatBody).Answers(Some.ChatBody);
        var chat = Chat(service, name);

        var response = await chat.GetResponseAsync("Hi");
        await chat.GetResponseAsync("Hi");

        Assert.Equal([.. paths, paths[^1]], Paths(service));
        Assert.Equal("sent to chat completions", Assert.Single(response.GetRequestAdjustments(), item => item.Field == "api").Change);
    }

    [Theory]
    [InlineData(Native)]
    [InlineData("/serving-endpoints/travel/invocations")]
    public async Task An_agent_ends_with_its_own_path(string path)
    {
        var service = new VerbatimService().Answers(MissingInput, HttpStatusCode.BadRequest);
        _ = path == Native ? service : service.Answers(UnknownPath, HttpStatusCode.NotFound);
        var chat = Chat(service.Answers(Answer).Answers(Answer), "travel");

        await chat.GetResponseAsync("Hi");
        await chat.GetResponseAsync("Hi");

        Assert.Equal([path, path], Paths(service)[^2..]);
        Assert.NotNull(JsonNode.Parse(service.Sent[^1].Body)!["input"]);
    }

    [Fact]
    public async Task An_agent_has_no_chat_completions()
    {
        var service = new VerbatimService().Answers(MissingInput, HttpStatusCode.BadRequest)
            .Answers(UnknownPath, HttpStatusCode.NotFound).Answers(UnknownPath, HttpStatusCode.NotFound);

        await Failure.Of(Chat(service, "travel"));

        Assert.Equal(3, service.Sent.Count);
    }

    [Theory]
    [InlineData("This model is only supported in v1/responses and not in v1/chat/completions.")]
    [InlineData("Function tools with reasoning_effort are not supported for this model in /v1/chat/completions. Use /v1/responses.")]
    public async Task A_model_that_names_the_API_is_called_with_it(string message)
    {
        var service = new VerbatimService()
            .Answers($$"""{"error_code":"BAD_REQUEST","message":"{{message}}"}""", HttpStatusCode.BadRequest).Answers(Answer);

        await Chat(service, "our-model").GetResponseAsync("Hi");

        Assert.Equal(["/serving-endpoints/our-model/invocations", Native], Paths(service));
    }

    [Theory]
    [InlineData("system.ai.claude-sonnet-4-5", HttpStatusCode.NotFound)]
    [InlineData("system.ai.claude-sonnet-4-5", HttpStatusCode.Forbidden)]
    [InlineData("databricks-claude-sonnet-4-5", HttpStatusCode.NotFound)]
    public async Task A_path_that_does_not_have_the_name_is_not_what_is_reported(string name, HttpStatusCode last)
    {
        var service = Rejecting(1).Answers(NoSuchEndpoint, last);
        var chat = service.Client(options => options.Gateway = DatabricksGatewayMode.Auto)
            .GetChatClient(name, new DatabricksChatOptions { Api = DatabricksChatApi.Responses });

        Assert.Equal("ENDPOINT_NOT_FOUND", (await Failure.Of(chat)).ErrorCode);

        Assert.True(service.Sent.Count >= 2);
    }

    [Theory]
    [InlineData("databricks-gpt-5-2", NoSuchEndpoint, 404)]
    [InlineData("databricks-gpt-5-2", """{"error_code":"BAD_REQUEST","message":"No."}""", 400)]
    [InlineData("databricks-gpt-5-2", "", 500)]
    [InlineData("system.ai.gpt-5-2", NoSuchEndpoint, 404)]
    public async Task Another_rejection_changes_nothing(string name, string body, int status)
    {
        var service = new VerbatimService().Answers(body, (HttpStatusCode)status);

        await Failure.Of(Chat(service, name, DatabricksChatApi.Responses));

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task Without_Unity_Gateway_its_paths_are_not_tried()
    {
        var service = Rejecting(1);
        var chat = service.Client(options =>
        {
            options.Gateway = DatabricksGatewayMode.Never;
            options.Chat.Api = DatabricksChatApi.Responses;
        }).GetChatClient("databricks-claude-sonnet-4-5");

        await Failure.Of(chat);

        Assert.Equal([Open], Paths(service));
    }

    [Fact]
    public async Task All_chat_clients_of_a_workspace_share_what_was_learned()
    {
        var service = new VerbatimService()
            .Answers(MissingInput, HttpStatusCode.BadRequest).Answers(Answer).Answers(Answer).Answers(Answer);
        var client = service.Client();

        await client.GetChatClient("travel").GetResponseAsync("Hi");
        await client.GetChatClient("travel").GetResponseAsync("Hi");
        await client.GetChatClient("other").GetResponseAsync("Hi", new ChatOptions { ModelId = "travel" });

        Assert.Equal(["/serving-endpoints/travel/invocations", Native, Native, Native], Paths(service));
    }

    [Fact]
    public async Task What_one_client_learned_of_Responses_does_not_move_another_from_chat_completions()
    {
        var service = Rejecting(1).Answers(Answer).Answers(Some.ChatBody);
        var client = service.Client();

        await client.GetChatClient("our-model", new() { Api = DatabricksChatApi.Responses }).GetResponseAsync("Hi");
        var response = await client.GetChatClient("our-model").GetResponseAsync("Hi");

        Assert.Equal([Native, Open, "/serving-endpoints/our-model/invocations"], Paths(service));
        Assert.Empty(response.GetRequestAdjustments());
    }

    [Fact]
    public async Task It_is_learned_for_an_hour()
    {
        var clock = new FakeClock();
        var service = new VerbatimService().Answers(MissingInput, HttpStatusCode.BadRequest).Answers(Answer).Answers(Answer).Answers(
            MissingInput, HttpStatusCode.BadRequest).Answers(Answer);
        var chat = service.Client(options => options.TimeProvider = clock).GetChatClient("travel");

        await chat.GetResponseAsync("Hi");
        clock.Advance(LearnedApis.Lifetime - TimeSpan.FromSeconds(1));
        await chat.GetResponseAsync("Hi");
        clock.Advance(TimeSpan.FromSeconds(1));
        await chat.GetResponseAsync("Hi");

        Assert.Equal(
            ["invocations", "responses", "responses", "invocations", "responses"], service.Sent.Select(sent => sent.Uri.Segments[^1]));
    }

    [Theory]
    [InlineData("travel")]
    [InlineData(null)]
    public async Task It_is_cleared_with_the_corrections(string? name)
    {
        var service = new VerbatimService().Answers(MissingInput, HttpStatusCode.BadRequest).Answers(Answer).Answers(Some.ChatBody);
        var client = service.Client();
        await client.GetChatClient("travel").GetResponseAsync("Hi");

        client.ClearCorrections(name);
        await client.GetChatClient("travel").GetResponseAsync("Hi");

        Assert.Equal(["invocations", "responses", "invocations"], service.Sent.Select(sent => sent.Uri.Segments[^1]));
    }

    private static VerbatimService Rejecting(int count)
    {
        var service = new VerbatimService();
        for (var i = 0; i < count; i++)
        {
            service.Answers(UnknownPath, HttpStatusCode.NotFound);
        }

        return service;
    }

    private static IChatClient Chat(VerbatimService service, string name, DatabricksChatApi api = DatabricksChatApi.Auto) =>
        service.Client().GetChatClient(name, new DatabricksChatOptions { Api = api });

    private static string[] Paths(VerbatimService service) => [.. service.Sent.Select(sent => sent.Uri.AbsolutePath)];
}
